// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "base/utf8.hpp"
#include "image_words.hpp"
#include "pr_output.hpp"
#include "pr_words.hpp"

namespace patchbot {
namespace {

constexpr std::size_t most_other_changes = 50;  // of a file; the JSON has them all

void add_ami_change(std::string& out, const ReviewedFile& file, const AmiChange& one, Time as_of) {
  const std::string where = whereabouts(file, one);
  out += fmt::format("{}  {}{}  {} -> {}{}{}\n",
                     place_of(file, one.change.place),
                     clean_line(one.change.path),
                     where.empty() ? "" : " (" + where + ")",
                     old_value(one, as_of),
                     new_value(one, as_of),
                     end_of_the_way(one, as_of),
                     used_by(file, one));
}

void add_changes(std::string& out, const ReviewedFile& file, Time as_of) {
  for (const AmiChange& one : file.review.ami_changes) add_ami_change(out, file, one, as_of);
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
  for (const std::string& note : request.unchecked) out += "not checked: " + note + "\n";
  return out + images_note(request.images) + overview_of(request) + "\n";
}

}  // namespace patchbot
