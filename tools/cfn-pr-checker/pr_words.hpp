// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "templates/pull_request.hpp"

namespace patchbot {

/// One line: how much changes, and whether that is all that is known.
std::string overview_of(const PullRequest& request);

/// A value of a template on one line, cut where it is long; '' if there is nothing to see.
std::string shown(const std::string& value);

/// "web.yaml:12"; of a single file "line 12".
std::string place_of(const ReviewedFile& file, const Position& place);

/// "a -> b", "added: b" or "removed: a".
std::string value_change(const TemplateChange& change);

/// " for LaunchTemplate and 2 more"; empty if nothing uses it.
std::string used_by(const ReviewedFile& file, const AmiChange& change);

/// "checkout, production, eu-west-1": what is known of where the servers are.
std::string whereabouts(const ReviewedFile& file, const AmiChange& change);

/// pass, warn or fail.
std::string_view verdict_of(const PullRequest& request);

}  // namespace patchbot
