// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "base/utf8.hpp"
#include "images.hpp"
#include "pr_output.hpp"

namespace patchbot {
namespace {

constexpr std::size_t most_other_changes = 50;  // of a file; the JSON has them all

std::string shown(const std::string& value) {
  std::string line = clean_line(value);
  return line.empty() ? "''" : std::string(cut_utf8(line, 120));
}

std::string place_of(const ReviewedFile& file, const Position& place) {
  const std::string name = file.name.empty() ? "line " : file.name + ":";
  return name + std::to_string(place.line);
}

std::string value_change(const TemplateChange& change) {
  using Kind = TemplateChange::Kind;
  if (change.kind == Kind::changed) return shown(change.from) + " -> " + shown(change.to);
  const bool added = change.kind == Kind::added;
  return (added ? "added: " : "removed: ") + shown(added ? change.to : change.from);
}

std::string used_by(const AmiChange& change) {
  if (change.uses.empty()) return {};
  std::string text = " for " + clean_line(change.uses.front().resource);
  if (change.uses.size() > 1) text += fmt::format(" and {} more", change.uses.size() - 1);
  return text;
}

void add_changes(std::string& out, const ReviewedFile& file, Time as_of) {
  for (const AmiChange& one : file.review.ami_changes) {
    out += fmt::format("{}  {}  {}{} -> {}{}{}\n",
                       place_of(file, one.change.place),
                       clean_line(one.change.path),
                       one.change.from.empty() ? "new" : shown(one.change.from),
                       image_note(one.from_image, as_of),
                       one.change.to.empty() ? "gone" : shown(one.change.to),
                       image_note(one.to_image, as_of),
                       used_by(one));
  }
  std::size_t listed = 0;
  for (const TemplateChange& change : file.review.other_changes) {
    if (listed++ == most_other_changes) {
      out += fmt::format("{}  ... and {} other changes\n",
                         file.name,
                         file.review.other_changes.size() - most_other_changes);
      break;
    }
    out += fmt::format("{}  {}  {}\n",
                       place_of(file, change.place),
                       clean_line(change.path),
                       value_change(change));
  }
}

std::string counted(std::size_t number, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", number, number == 1 ? one : many);
}

// What was not read may change anything.
std::string overview_of(const PullRequest& request) {
  const std::size_t others = request.other_changes();
  const std::size_t unread = request.unread();
  std::string rest = counted(others, "other value changes", "other values change");
  if (others == 0) rest = unread == 0 ? "nothing else changes" : "no other change was found";
  if (unread > 0) rest += "; " + counted(unread, "file", "files") + " could not be compared";
  return fmt::format("{}, {}; {}\n",
                     counted(request.files.size(), "file", "files"),
                     counted(request.ami_changes(), "AMI changes", "AMIs change"),
                     rest);
}

}  // namespace

std::string to_text(const PullRequest& request) {
  std::string out;
  for (const ReviewedFile& file : request.files) add_changes(out, file, request.images.as_of);
  for (const ReviewedFile& file : request.files) {
    for (const RuleHit& hit : file.hits) {
      out += fmt::format("{}  {}: {} [{}]\n",
                         place_of(file, hit.place),
                         to_text(hit.level),
                         clean_line(hit.message),
                         hit.id);
    }
  }
  return out + images_note(request) + overview_of(request);
}

}  // namespace patchbot
