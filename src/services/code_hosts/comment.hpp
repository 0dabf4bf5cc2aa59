// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "services/code_hosts/pull_request_host.hpp"

namespace patchbot {

/// What our comment begins with. Readers do not see it; the next run finds the comment by it.
constexpr std::string_view comment_marker = "<!-- patchbot:cfn -->";

bool is_marked(std::string_view text);

/// The marker and the text, cut to `limit` bytes with a line that says so. A code block that the
/// cut leaves open is closed.
std::string marked_comment(std::string_view text, std::size_t limit);

enum class IfNone : std::uint8_t { create, leave };

/// Updates our comment, or makes one if there is none and that is wanted. An answer that is lost on
/// the way never leads to a second comment: what is there is looked up first. Returns what was
/// done: "created", "updated", "unchanged" or "left out". Throws Error(remote).
std::string_view publish_comment(PullRequestHost& host, const std::string& text, IfNone if_none);

}  // namespace patchbot
