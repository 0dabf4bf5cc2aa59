// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <set>
#include <string>
#include <string_view>

namespace patchbot {

/// The paths that the beginning of a report shows, as in formats/records/paths.hpp, and for short
/// values also "path=value", for empty lists "path=[]": what a format is recognised by.
class Outline {
 public:
  /// Of the first bytes of a file, in whatever syntax they are. What is neither JSON nor XML may be
  /// CSV, whose paths are the cells of the first rows, in lower case and with _ for blanks:
  /// "/nvt_oid". That the file goes on behind these bytes, or is broken, is no error here.
  explicit Outline(std::string_view head);

  enum class Syntax : std::uint8_t { none, json, xml, csv };
  Syntax syntax() const { return syntax_; }

  /// Whether all of these paths, separated by blanks, are there, and those behind a ! are not. A
  /// blank in a value is written _.
  bool shows(std::string_view paths) const;

 private:
  void read_json(std::string_view head);
  void read_xml(std::string_view head);
  void read_csv(std::string_view head);
  void add(const std::string& path, std::string_view value);

  Syntax syntax_ = Syntax::none;
  std::set<std::string, std::less<>> paths_;
};

}  // namespace patchbot
