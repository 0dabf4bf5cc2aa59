// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

// The text that an expression of a template comes to, with what nobody knows but the running stack
// left in it as an expression.

namespace patchbot {
namespace open_text {

/// Begins all that is no plain text; no template that CloudFormation takes holds it.
inline constexpr char mark = '\x1f';

/// Of AWS::NoValue: as if it were not there.
inline constexpr std::string_view no_value = "\x1fNoValue";

/// As long as CloudFormation lets values be; of longer ones it is enough to tell them apart.
std::string bounded(std::string text);

/// A part of other texts, many times.
std::string shortened(std::string text);

/// What is left of a function, with what is known of its arguments put into it.
std::string left(std::string_view function, const std::string& rest);

/// What is left of a parameter whose value names another one in Systems Manager.
std::string looked_up(const std::string& name);

}  // namespace open_text

/// Whether a text holds no expression that is left.
bool is_known(std::string_view text);

bool is_no_value(std::string_view text);

/// The name by which Systems Manager knows what a text stands for, if it does for nothing else:
/// that of looked_up, of "{{resolve:ssm:/ami/web:3}}" (cloudformation.md: the dynamic reference),
/// and of "resolve:ssm:/ami/web", which launch templates know. With its version or label.
std::optional<std::string> stored_name(std::string_view text);

/// Whether a part of an expression that is left names one: which one is not known.
bool may_hold_name(std::string_view text);

}  // namespace patchbot
