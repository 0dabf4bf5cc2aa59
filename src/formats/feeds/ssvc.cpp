// SPDX-License-Identifier: Apache-2.0
#include "formats/feeds/ssvc.hpp"

#include <algorithm>
#include <array>

#include "base/error.hpp"
#include "base/input_buffer.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"
#include "formats/records/fields.hpp"
#include "formats/records/records.hpp"
#include "model/cve_id.hpp"

namespace patchbot {
namespace {

enum ContextId : std::uint16_t { metadata };
constexpr std::array<RecordPath, 1> records{{{0, "/containers/adp/*/metrics/*"}}};
constexpr std::array<ContextPath, 1> contexts{
    {{metadata, "/cveMetadata", ContextPath::Place::anywhere}}};

// The word in the one form that findings have; empty for one that we do not know: it is unknown,
// and not the mildest.
std::string known_word(std::string_view value, std::initializer_list<std::string_view> words) {
  std::string word = to_lower(trim(value));
  if (word == "public poc") word = "poc";
  return std::find(words.begin(), words.end(), word) == words.end() ? std::string() : word;
}

void set(Ssvc& ssvc, std::string_view name, std::string_view value) {
  if (equals_nocase(name, "exploitation")) {
    ssvc.exploitation = known_word(value, {"none", "poc", "active"});
  } else if (equals_nocase(name, "automatable")) {
    const std::string word = known_word(value, {"yes", "no"});
    if (!word.empty()) ssvc.automatable = word == "yes";
  } else if (equals_nocase(name, "technical impact") || equals_nocase(name, "technical_impact")) {
    ssvc.technical_impact = known_word(value, {"partial", "total"});
  }
}

constexpr std::array<std::string_view, 3> answers{
    "exploitation", "automatable", "technical_impact"};

std::string column_key(std::string_view name) {
  std::string key = to_lower(trim(name));
  std::replace(key.begin(), key.end(), ' ', '_');
  return key;
}

bool is_answer(std::string_view name) {
  return std::find(answers.begin(), answers.end(), column_key(name)) != answers.end();
}

// A column of another name would be one without answers.
void check_head(const std::vector<std::string_view>& head) {
  for (const std::string_view answer : answers) {
    const auto is_it = [answer](std::string_view name) { return column_key(name) == answer; };
    if (std::any_of(head.begin(), head.end(), is_it)) continue;
    throw Error(Blame::input, "has no column " + std::string(answer));
  }
}

Ssvc read_options(const Node& options) {
  Ssvc ssvc;
  for (const Node option : options.items()) {
    if (!option.is_object()) continue;
    for (const Node choice : option.items()) set(ssvc, choice.key(), choice.line(64));
  }
  return ssvc;
}

/// The lines of a table, split at tabs; blank ones are passed over.
class TabLines {
 public:
  explicit TabLines(std::string_view text) : lines_(split(text, '\n')) {}

  bool next(std::vector<std::string_view>& cells) {
    while (number_ < lines_.size()) {
      std::string_view line = lines_[number_++];
      if (line.starts_with("\xEF\xBB\xBF")) line.remove_prefix(3);
      if (line.ends_with('\r')) line.remove_suffix(1);
      if (line.empty()) continue;
      cells = split(line, '\t');
      return true;
    }
    return false;
  }

  std::size_t number() const { return number_; }  ///< of the last line, from 1

 private:
  std::vector<std::string_view> lines_;
  std::size_t number_ = 0;
};

}  // namespace

void SsvcReader::add(std::string_view text) {
  const auto first = text.find_first_not_of("\xEF\xBB\xBF \t\r\n");
  if (first == std::string_view::npos) throw Error(Blame::input, "is empty");
  if (text[first] == '{') {
    add_records(text);
  } else {
    add_table(text);
  }
}

void SsvcReader::add_records(std::string_view text) {
  const auto source = memory_source(text);
  Records walk(*source, walk_json, records, contexts, InputBuffer::default_chunk);
  for (Walk::Event event = walk.next(); event != Walk::Event::end; event = walk.next()) {
    const auto cve = parse_cve_id(walk.context()[metadata]["cveId"].line(64));
    if (!cve) throw Error(Blame::input, "is no CVE record: has no cveMetadata with a cveId");
    if (event == Walk::Event::document_end) continue;
    const Node other = walk.record()["other"];
    if (!other["type"].is("ssvc")) continue;
    const Node content = other["content"];
    keep(*cve, {read_options(content["options"]), time_of(content["timestamp"])});
  }
}

void SsvcReader::add_table(std::string_view text) {
  TabLines lines(text);
  std::vector<std::string_view> head;
  std::vector<std::string_view> cells;
  if (!lines.next(head) || head.size() < 2 || !equals_nocase(trim(head.front()), "cve")) {
    throw Error(Blame::input,
                "is neither a CVE record nor a tab-separated table that begins with the column "
                "cve");
  }
  check_head(head);
  while (lines.next(cells)) {
    const auto cve = parse_cve_id(cells.front());
    if (!cve || cells.size() != head.size()) {
      throw Error(Blame::input,
                  "line " + std::to_string(lines.number()) + ": expected a CVE id and " +
                      std::to_string(head.size()) + " cells");
    }
    Assessment assessment;
    for (std::size_t i = 1; i < cells.size(); ++i) {
      const std::string_view name = trim(head[i]);
      const Ssvc before = assessment.ssvc;
      set(assessment.ssvc, name, cells[i]);
      if (is_answer(name) && !trim(cells[i]).empty() && assessment.ssvc == before) {
        throw Error(Blame::input,
                    "line " + std::to_string(lines.number()) + ": '" + clean_line(cells[i]) +
                        "' is no known answer for " + clean_line(name));
      }
      if (equals_nocase(name, "ssvc_timestamp")) {
        assessment.time = parse_loose_time(clean_line(cells[i]));
      }
    }
    keep(*cve, std::move(assessment));
  }
}

void SsvcReader::keep(const std::string& cve, Assessment assessment) {
  if (assessment.ssvc == Ssvc{}) return;
  const auto [found, is_new] = latest_.try_emplace(cve, assessment);
  if (!is_new && assessment.time >= found->second.time) found->second = std::move(assessment);
}

SsvcFeed SsvcReader::finish() {
  SsvcFeed feed;
  feed.info.kind = FeedKind::ssvc;
  feed.info.entries = latest_.size();
  for (auto& [cve, assessment] : latest_) {
    feed.info.published = std::max(feed.info.published, assessment.time);
    feed.entries.emplace_back(cve, std::move(assessment.ssvc));
  }
  return feed;
}

}  // namespace patchbot
