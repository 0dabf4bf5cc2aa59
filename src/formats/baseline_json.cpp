// SPDX-License-Identifier: Apache-2.0
#include "formats/baseline_json.hpp"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>
#include <optional>
#include <vector>

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"
#include "formats/json_writer.hpp"

namespace patchbot {
namespace {

using nlohmann::json;

constexpr std::size_t max_line = std::size_t{64} * 1024;

std::string text_of(const json& object, const char* key) {
  const auto found = object.find(key);
  if (found == object.end() || !found->is_string()) return {};
  return clean_line(found->get_ref<const std::string&>());
}

void read_line(std::string_view line, std::size_t number, Baseline& baseline) {
  const auto fail = [number](const std::string& what) {
    throw Error(Blame::input, what, Position{0, number, 1});
  };
  if (line.size() > max_line) fail("a line of more than 64 KiB is no entry of a baseline");
  const json object = json::parse(line, nullptr, false);
  if (!object.is_object()) fail("expected an entry of a baseline, as --write-baseline writes it");
  if (text_of(object, "schema") != "patchbot.baseline/1") {
    fail(R"("schema": expected "patchbot.baseline/1")");
  }
  const auto id = parse_digest(text_of(object, "id"));
  if (!id) fail("\"id\": expected the 32 digits of a finding's id");
  const auto since = parse_date(text_of(object, "since"));
  if (!since) fail("\"since\": expected a day such as 2026-11-23");
  const auto kev = object.find("kev");
  baseline.entries[*id] = {*since,
                           text_of(object, "title"),
                           text_of(object, "team"),
                           parse_severity(text_of(object, "severity")),
                           kev != object.end() && *kev == true};
}

}  // namespace

Baseline parse_baseline(std::string_view text) {
  Baseline baseline;
  std::size_t number = 0;
  for (std::string_view line : split(text, '\n')) {
    ++number;
    line = trim(line);
    if (!line.empty()) read_line(line, number, baseline);
  }
  return baseline;
}

std::string to_baseline(const Baseline& baseline) {
  std::vector<const std::pair<const Digest, Baseline::Entry>*> order;
  for (const auto& entry : baseline.entries) order.push_back(&entry);
  std::sort(order.begin(), order.end(), [](const auto* a, const auto* b) {
    return std::pair(a->first.high, a->first.low) < std::pair(b->first.high, b->first.low);
  });
  std::string out;
  for (const auto* entry : order) {
    JsonWriter json(out);
    json.open_object()
        .member("schema", "patchbot.baseline/1")
        .member("id", entry->first.hex())
        .member("since", to_date_text(entry->second.since))
        .member_if("title", entry->second.title)
        .member_if("team", entry->second.team);
    const Baseline::Entry& then = entry->second;
    if (then.severity) json.member("severity", to_text(*then.severity));
    if (then.kev) json.key("kev").boolean(true);
    json.close_object();
    out += '\n';
  }
  return out;
}

}  // namespace patchbot
