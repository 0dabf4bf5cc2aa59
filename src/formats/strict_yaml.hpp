// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"

namespace YAML {
class Node;
}

namespace patchbot {

/// Strict reading of small YAML files that people write: an unknown key, a wrong type or a missing
/// value is Error(usage) with the position, what was expected and what was probably meant.
class StrictYaml {
 public:
  using Read = std::function<void(const YAML::Node&)>;

  struct Key {
    std::string_view name;
    Read read;
    bool required = false;
  };

  /// Parses one document; the root must be a mapping. Duplicate keys are refused.
  static void parse(std::string_view text, const std::function<void(const YAML::Node&)>& read);

  /// Reads every key of a mapping by its entry; `what` names the mapping in messages.
  static void mapping(const YAML::Node& node, std::string_view what, const std::vector<Key>& keys);

  /// Calls read(name, value) for each entry of a mapping whose keys are the user's own.
  static void each_entry(const YAML::Node& node,
                         std::string_view what,
                         const std::function<void(const std::string&, const YAML::Node&)>& read);

  static void each_item(const YAML::Node& node, std::string_view what, const Read& read);

  static std::string text(const YAML::Node& node, std::string_view what);

  /// A text on one line: a name, a label.
  static std::string line(const YAML::Node& node, std::string_view what);

  /// One text, or a list of texts.
  static std::vector<std::string> texts(const YAML::Node& node, std::string_view what);

  /// The same, each text as `read` returns it for its node.
  static std::vector<std::string> texts(const YAML::Node& node,
                                        std::string_view what,
                                        const std::function<std::string(const YAML::Node&)>& read);

  static Position position_of(const YAML::Node& node);
  [[noreturn]] static void fail(const YAML::Node& node, const std::string& message);

  /// "did you mean 'x'?" or, when nothing is near, "expected one of ...".
  static std::string suggestion(std::string_view word, const std::vector<std::string_view>& known);
};

}  // namespace patchbot
