// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "base/utf8.hpp"
#include "image_words.hpp"
#include "pr_output.hpp"
#include "pr_words.hpp"

namespace patchbot {
namespace {

constexpr std::size_t most_rows = 100;  // of each kind: hosts limit the size of a comment

// Whatever comes from a template stands between backticks: there is no markup in it, nobody is
// mentioned and nothing becomes a link. Bars would end a cell of a table.
std::string code(std::string_view text) {
  std::string line(cut_utf8(clean_line(text), 300));
  std::replace(line.begin(), line.end(), '`', '\'');
  std::replace(line.begin(), line.end(), '|', '/');
  return line.empty() ? std::string() : "`" + line + "`";
}

std::string more_than(std::size_t number) {
  return number <= most_rows ? std::string()
                             : fmt::format("\n... and {} more\n", number - most_rows);
}

std::string uses(const AmiChange& one) {
  if (one.uses.empty()) return {};
  std::string text = code(one.uses.front().resource);
  if (one.uses.size() > 1) text += fmt::format(" and {} more", one.uses.size() - 1);
  return text;
}

void add_ami_changes(std::string& out, const PullRequest& request) {
  const std::size_t number = request.ami_changes();
  if (number == 0) return;
  out += "| Where | Servers | Old AMI | New AMI | Used by |\n|---|---|---|---|---|\n";
  const Time as_of = request.images.as_of;
  std::size_t rows = 0;
  for (const ReviewedFile& file : request.files) {
    for (const AmiChange& one : file.review.ami_changes) {
      if (rows++ >= most_rows) break;
      out += fmt::format(
          "| {} {} | {} | {} | {} | {} |\n",
          code(place_of(file, one.change.place)),
          code(one.change.path),
          code(whereabouts(file, one)),
          one.change.from.empty() ? "new" : code(old_value(one, as_of)),
          one.change.to.empty() ? "gone" : code(new_value(one, as_of) + end_of_the_way(one, as_of)),
          uses(one));
    }
  }
  out += more_than(number) + "\n";
}

void add_rules(std::string& out, const PullRequest& request) {
  std::size_t rows = 0;
  for (const GateLevel level : {GateLevel::fail, GateLevel::warn, GateLevel::note}) {
    for (const ReviewedFile& file : request.files) {
      for (const RuleHit& hit : file.hits) {
        if (hit.level != level || rows++ >= most_rows) continue;
        out += fmt::format("- **{}** {} {}: {}\n",
                           to_text(level),
                           code(hit.id),
                           code(place_of(file, hit.place)),
                           code(hit.message));
      }
    }
  }
  out += more_than(rows) + (rows == 0 ? "" : "\n");
}

void add_other_changes(std::string& out, const PullRequest& request) {
  const std::size_t number = request.other_changes();
  if (number == 0) return;
  out += "Other changes:\n\n";
  std::size_t rows = 0;
  for (const ReviewedFile& file : request.files) {
    for (const TemplateChange& change : file.review.other_changes) {
      if (rows++ >= most_rows) break;
      out += fmt::format("- {} {}: {}\n",
                         code(place_of(file, change.place)),
                         code(change.path),
                         code(value_change(change)));
    }
  }
  out += more_than(number) + "\n";
}

}  // namespace

std::string to_markdown(const PullRequest& request) {
  std::string out =
      fmt::format("**PatchBot: {}** ({})\n\n", verdict_of(request), overview_of(request));
  add_ami_changes(out, request);
  add_rules(out, request);
  add_other_changes(out, request);
  for (const std::string& note : request.unchecked) out += "Not checked: " + code(note) + "\n\n";
  return out;
}

}  // namespace patchbot
