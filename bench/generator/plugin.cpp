// SPDX-License-Identifier: Apache-2.0
#include "plugin.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "scores.hpp"
#include "text.hpp"
#include "words.hpp"

namespace patchbot::bench {
namespace {

/// The fractional parts of multiples of the golden ratio fill 0..999 evenly.
std::size_t severity_of(std::size_t index) {
  constexpr std::array<std::size_t, 4> limits{660, 725, 870, 960};
  const std::size_t position = index * 618'034 % 1'000'000 / 1000;
  const auto* const level = std::upper_bound(limits.begin(), limits.end(), position);
  return static_cast<std::size_t>(level - limits.begin());
}

std::size_t id_of(Prng& prng, std::size_t index) {
  const std::size_t id = 10'000 + index * 61 + prng.below(60);
  return id == scan_information_id || id == compliance_id ? id + 1 : id;
}

std::string title(Prng& prng, std::size_t severity) {
  if (severity == 0) return join({prng.pick(words::products), " ", prng.pick(words::observations)});
  const std::string text = join(
      {prng.pick(words::products), " &lt; ", version(prng), " ", prng.pick(words::weaknesses)});
  if (!prng.chance(30)) return text;
  return join({text, " (PB-", number(prng.between(2019, 2026)), "-", hex(prng, 4), ")"});
}

std::string text_of(Prng& prng, std::size_t bytes) {
  std::string text;
  add_text(text, prng, bytes);
  return text;
}

std::string solution(Prng& prng, std::size_t severity, std::size_t bytes) {
  if (severity == 0) return "n/a";
  return join(
      {prng.pick(words::remedies), " (", version(prng), " or later).\n", text_of(prng, bytes)});
}

void add_general(Children& children, Prng& prng, const Shape& shape, std::size_t severity) {
  children.emplace_back("description", text_of(prng, shape.description_bytes));
  children.emplace_back("fname", join({"pb_", hex(prng, 8), ".nasl"}));
  children.emplace_back("plugin_modification_date", day(prng));
  children.emplace_back("plugin_publication_date", day(prng));
  children.emplace_back("plugin_type", prng.chance(60) ? "local" : "remote");
  children.emplace_back("script_version", join({"1.", number(prng.below(90))}));
  children.emplace_back("solution", solution(prng, severity, shape.solution_bytes));
  children.emplace_back("synopsis", text_of(prng, 70));
  if (prng.chance(shape.optional_percent)) children.emplace_back("agent", "unix");
  if (prng.chance(shape.optional_percent / 2)) {
    children.emplace_back("see_also",
                          join({"https://advisories.example/",
                                hex(prng, 8),
                                "\nhttps://vendor.example/notice?id=",
                                hex(prng, 4),
                                "&amp;lang=en"}));
  }
  if (severity == 0) children.emplace_back("risk_factor", "None");
}

std::string render(Children::const_iterator first, Children::const_iterator last) {
  std::string text;
  for (; first != last; ++first) add_element(text, first->first, first->second);
  return text;
}

Plugin make_plugin(Prng& prng, const Shape& shape, std::size_t index) {
  const std::size_t severity = severity_of(index);
  const std::string name = title(prng, severity);
  Children children{{"plugin_name", name}};
  add_general(children, prng, shape, severity);
  if (severity > 0) add_risk(children, prng, shape, severity);
  std::stable_sort(children.begin(), children.end(), [](const Child& a, const Child& b) {
    return a.first < b.first;
  });

  Plugin plugin;
  plugin.attributes = join({" severity=\"",
                            number(severity),
                            "\" pluginID=\"",
                            number(id_of(prng, index)),
                            "\" pluginName=\"",
                            name,
                            "\" pluginFamily=\"",
                            prng.pick(words::families),
                            "\">\n"});
  // A few scanners write some children after the output.
  const auto split = prng.chance(6) ? children.end() - 3 : children.end();
  plugin.before_output = render(children.begin(), split);
  plugin.after_output = render(split, children.end());
  plugin.local = prng.chance(65);
  return plugin;
}

}  // namespace

std::vector<Plugin> make_plugins(Prng prng, const Shape& shape, std::size_t count) {
  std::vector<Plugin> plugins;
  plugins.reserve(count);
  while (plugins.size() < count) plugins.push_back(make_plugin(prng, shape, plugins.size()));
  return plugins;
}

}  // namespace patchbot::bench
