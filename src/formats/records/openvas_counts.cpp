// SPDX-License-Identifier: Apache-2.0
#include "formats/records/openvas_counts.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.hpp"

namespace patchbot {
namespace {

// The levels, each with the word that older versions have for it and newer ones repeat.
constexpr std::array<std::pair<std::string_view, std::string_view>, 4> levels{
    {{"critical", ""}, {"high", "hole"}, {"medium", "warning"}, {"low", "info"}}};

std::uint64_t count_of(const Node& node) {
  const auto number = node.number();
  return number && *number > 0 && *number < 1e9 ? static_cast<std::uint64_t>(*number) : 0;
}

bool has_all_levels(std::string_view levels_asked) {
  return std::all_of(levels.begin() + 1, levels.end(), [&](const auto& level) {
    return levels_asked.find(level.first.front()) != std::string_view::npos;
  });
}

// Whether a word of the filter hides no more than the web interface does unless told otherwise.
bool is_usual(std::string_view word) {
  constexpr std::array<std::string_view, 12> harmless{"",
                                                      "apply_overrides",
                                                      "rows",
                                                      "first",
                                                      "sort",
                                                      "sort-reverse",
                                                      "notes",
                                                      "overrides",
                                                      "result_hosts_only",
                                                      "autofp",
                                                      "timezone",
                                                      "delta_states"};
  const auto equals = std::min(word.find('='), word.size());
  const std::string_view key = word.substr(0, equals);
  const std::string_view value = word.substr(std::min(equals + 1, word.size()));
  if (key == "min_qod") return parse_integer(value).value_or(100) <= 70;
  if (key == "levels") return has_all_levels(value);
  return std::find(harmless.begin(), harmless.end(), key) != harmless.end();
}

}  // namespace

void OpenvasCounts::take_counts(const Node& count) {
  filtered_ += count_of(count["filtered"]);
  for (const auto& [name, old_name] : levels) {
    const Node level = count.first_of({name, old_name});
    const std::uint64_t full = count_of(level["full"]);
    const std::uint64_t filtered = count_of(level["filtered"]);
    if (full > filtered) hidden_ += full - filtered;
  }
}

void OpenvasCounts::take_filter(const Node& term) { filter_ = term.line(500); }

void OpenvasCounts::tell(ScanFacts& facts) const {
  if (delivered_ < filtered_) {
    facts.problems.push_back("only " + std::to_string(delivered_) + " of " +
                             std::to_string(filtered_) +
                             " results are here: export the whole report, not a page of it");
  }
  if (hidden_ == 0) return;
  const std::string told = "the report's filter hides " + std::to_string(hidden_) + " results";
  if (is_usual_filter()) {
    facts.remarks.push_back(told + " whose quality of detection is low");
  } else {
    facts.problems.push_back(told + ": " + filter_);
  }
}

bool OpenvasCounts::is_usual_filter() const {
  const auto words = split(filter_, ' ');
  return !filter_.empty() && std::all_of(words.begin(), words.end(), is_usual);
}

}  // namespace patchbot
