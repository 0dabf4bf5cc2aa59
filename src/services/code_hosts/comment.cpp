// SPDX-License-Identifier: Apache-2.0
#include "services/code_hosts/comment.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"

namespace patchbot {
namespace {

bool is_good(const HttpResponse& response) {
  return response.status >= 200 && response.status < 300;
}

// It may have been done all the same.
bool is_unclear(const HttpResponse& response) {
  return (response.status == 0 && !response.not_sent) || response.status >= 500;
}

[[noreturn]] void fail(const HttpResponse& response) {
  std::string hint;
  if (response.status == 401 || response.status == 403 || response.status == 404) {
    hint = "; the token does not have the right to write comments";
  }
  throw Error(Blame::remote, "the comment could not be written: " + trouble_of(response) + hint);
}

// Hosts take blanks off the end, and some turn line ends.
std::string plain(std::string_view text) { return std::string(trim(clean_text(text))); }

enum class Outcome : std::uint8_t { none, unchanged, updated };

Outcome update_own(PullRequestHost& host, const std::string& text) {
  for (HostComment& comment : host.own_comments()) {
    if (plain(comment.text) == plain(text)) return Outcome::unchanged;
    HttpResponse response = host.update_comment(comment, text);
    if (response.status == 409) {  // somebody changed it since
      for (const HostComment& now : host.own_comments()) {
        if (now.id != comment.id) continue;
        if (plain(now.text) == plain(text)) return Outcome::updated;
        response = host.update_comment(now, text);
      }
    }
    if (is_good(response)) return Outcome::updated;
    // Another's comment, or one that is gone: the next one may be ours.
    if (response.status != 403 && response.status != 404) fail(response);
  }
  return Outcome::none;
}

// The length of the run of back quotes that a line begins with; 0 if it is no fence.
std::size_t fence_of(std::string_view line) {
  std::size_t length = line.find_first_not_of('`');
  if (length == std::string_view::npos) length = line.size();
  return length >= 3 ? length : 0;
}

std::string open_fence(std::string_view text) {
  std::size_t open = 0;
  for (const std::string_view line : split(text, '\n')) {
    const std::size_t fence = fence_of(line);
    if (open == 0) {
      open = fence;
    } else if (fence >= open && trim(line).size() == fence) {
      open = 0;
    }
  }
  std::string fence;
  fence.assign(open, '`');
  return fence;
}

}  // namespace

bool is_marked(std::string_view text) { return trim(text).starts_with(comment_marker); }

std::string marked_comment(std::string_view text, std::size_t limit) {
  if (is_marked(text)) text = trim(trim(text).substr(comment_marker.size()));
  std::string whole = std::string(comment_marker) + "\n" + std::string(text);
  if (whole.size() <= limit) return whole;
  constexpr std::string_view note =
      "\n\n**This comment is cut: it is longer than the host allows. The whole of it is in the "
      "log of the build.**\n";
  constexpr std::size_t room_for_fence = 200;
  std::string kept(cut_utf8(whole, limit - note.size() - room_for_fence));
  kept.resize(std::min(kept.size(), kept.rfind('\n')));
  std::string fence = open_fence(kept);
  if (fence.size() > room_for_fence - 1) fence.clear();
  return kept + (fence.empty() ? "" : "\n" + fence) + std::string(note);
}

std::string_view publish_comment(PullRequestHost& host, const std::string& text, IfNone if_none) {
  const std::string comment = marked_comment(text, host.max_comment());
  constexpr int attempts = 2;
  HttpResponse response;
  for (int attempt = 0; attempt < attempts; ++attempt) {
    const Outcome outcome = update_own(host, comment);
    const bool after_loss = attempt > 0;
    if (outcome == Outcome::unchanged) return after_loss ? "created" : "unchanged";
    if (outcome == Outcome::updated) return "updated";
    if (if_none == IfNone::leave) return "left out";
    response = host.create_comment(comment);
    if (is_good(response)) return "created";
    if (!is_unclear(response) && !response.not_sent) fail(response);
  }
  // The last one may have arrived as well.
  if (update_own(host, comment) != Outcome::none) return "created";
  fail(response);
}

}  // namespace patchbot
