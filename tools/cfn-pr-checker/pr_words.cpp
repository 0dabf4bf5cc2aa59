// SPDX-License-Identifier: Apache-2.0
#include "pr_words.hpp"

#include <fmt/format.h>

#include "base/text.hpp"
#include "base/utf8.hpp"

namespace patchbot {

// What was not read may change anything.
std::string overview_of(const PullRequest& request) {
  if (request.files.empty()) return "no CloudFormation template changes";
  const std::size_t others = request.other_changes();
  const std::size_t unread = request.unread();
  std::string rest = counted(others, "other value changes", "other values change");
  if (others == 0) rest = unread == 0 ? "nothing else changes" : "no other change was found";
  if (unread > 0) rest += "; " + counted(unread, "file", "files") + " could not be compared";
  return fmt::format("{}, {}; {}",
                     counted(request.files.size(), "file", "files"),
                     counted(request.ami_changes(), "AMI changes", "AMIs change"),
                     rest);
}

std::string shown(const std::string& value) {
  std::string line = clean_line(value);
  return line.empty() ? "''" : std::string(cut_utf8(line, 120));
}

std::string place_of(const ReviewedFile& file, const Position& place) {
  const std::string name = file.name.empty() ? "line " : file.name + ":";
  return name + std::to_string(place.line);
}

std::string value_change(const TemplateChange& change) {
  if (change.kind == TemplateChange::Kind::changed)
    return shown(change.from) + " -> " + shown(change.to);
  const bool added = change.kind == TemplateChange::Kind::added;
  return (added ? "added: " : "removed: ") + shown(added ? change.to : change.from);
}

std::string used_by(const ReviewedFile& file, const AmiChange& change) {
  std::string text;
  if (!change.uses.empty()) text = " for " + clean_line(change.uses.front().resource);
  if (change.uses.size() > 1) text += fmt::format(" and {} more", change.uses.size() - 1);
  const std::string& by = change.deployment.file;
  return by.empty() || by == file.name ? text : text + " by " + clean_line(by);
}

std::string whereabouts(const ReviewedFile& file, const AmiChange& change) {
  std::string all;
  for (const std::string* part : {&file.scope.service, &change.environment, &change.region}) {
    if (!part->empty()) all += (all.empty() ? "" : ", ") + clean_line(*part);
  }
  return all;
}

std::string_view verdict_of(const PullRequest& request) {
  const GateLevel worst = request.worst();
  if (worst == GateLevel::fail) return "fail";
  return worst == GateLevel::warn ? "warn" : "pass";
}

}  // namespace patchbot
