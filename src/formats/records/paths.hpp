// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace patchbot {

/// Where records are; several paths may lead to one kind.
struct RecordPath {
  /// `closed`: no value, but the place where an object or list ends, and the context there: for
  /// what a part of a report says as a whole, even if nothing was found in it. Absent or null, it
  /// does not come.
  enum class When : std::uint8_t { found, closed };

  std::uint16_t kind;
  std::string_view path;
  When when = When::found;
};

/// What stands around records and is needed to understand them, such as a report's machine. Several
/// paths may lead to one thing.
struct ContextPath {
  /// If it may stand behind the records, and no path has led to it, the report is read twice.
  enum class Place : std::uint8_t { before, anywhere };

  std::uint16_t id;
  std::string_view path;
  Place place = Place::before;
};

/// Where a report keeps what matters: paths such as "/Results/*/Vulnerabilities/*" from the root
/// of a document, * for every item of a list, {} for every member of an object; "" is the document
/// itself.
/// In XML every name is a step, the root element the first, and there are no lists; an attribute of
/// an element on the way to records can be context, as "/Benchmark/@id". A + behind a name: it may
/// also contain itself, as deep as it likes.
class PathTree {
 public:
  static constexpr std::uint16_t none = std::numeric_limits<std::uint16_t>::max();

  struct Step {
    std::vector<std::pair<std::string, std::uint16_t>> named;
    std::uint16_t any = none;      ///< for items of a list
    std::uint16_t members = none;  ///< for members of an object that are not named
    std::uint16_t record = none;   ///< the kind of record
    std::uint16_t closed = none;   ///< the kind of record where it ends
    std::uint16_t context = none;  ///< the id of the context
    bool has_context = false;      ///< a member of this one is context
    bool leads_to_record = false;
    bool is_any_member = false;  ///< so it may be anything
  };

  PathTree(std::span<const RecordPath> records, std::span<const ContextPath> contexts);

  static constexpr std::uint16_t root = 0;
  const Step& operator[](std::uint16_t step) const { return steps_[step]; }

  /// The step for a member of that name. That of an item of a list is `any`.
  std::uint16_t child(std::uint16_t step, std::string_view name) const;

 private:
  std::uint16_t add(std::string_view path);
  void lead(std::string_view path);
  std::uint16_t add_child(std::uint16_t parent, std::string_view name);

  std::vector<Step> steps_;
};

}  // namespace patchbot
