// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "formats/records/node.hpp"

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

/// The context of the record that is being read: what its enclosing objects say.
class Context {
 public:
  struct Kept {
    std::uint16_t id;
    std::shared_ptr<const KeptNode> value;
  };

  /// The innermost value with that id, the last one if there are several; a null node if there is
  /// none.
  Node operator[](std::uint16_t id) const;

  /// Every value with that id: XML repeats elements where JSON has lists.
  std::vector<Node> all(std::uint16_t id) const;

  /// Another number whenever anything in here, or any value with that id, changes: what was made of
  /// it must be made anew. The former is never 0.
  std::uint64_t generation() const { return generation_; }
  std::uint64_t generation(std::uint16_t id) const;

  bool has(std::uint16_t id) const { return static_cast<bool>((*this)[id]); }

 private:
  friend class ContextStack;
  struct ById {
    std::vector<std::size_t> places;  ///< in kept_
    std::uint64_t generation = 0;
  };

  void add(Kept kept);
  void shrink(std::size_t size);

  std::vector<Kept> kept_;
  std::vector<ById> by_id_;       ///< so that one of many values is found at once
  std::uint64_t generation_ = 1;  ///< not 0, which stands for what nobody has looked at
};

/// Follows the walk through a document and keeps the context of where it is.
class ContextStack {
 public:
  /// `remember` keeps what an object says behind its records, for another walk to foresee.
  enum class Memory : std::uint8_t { forget, remember };
  explicit ContextStack(const PathTree& tree, Memory memory = Memory::forget)
      : tree_(tree), memory_(memory) {}

  struct Level {
    std::uint16_t step;
    std::size_t kept;      ///< how much context the levels outside have
    std::size_t frame;     ///< its number among the objects that have context
    bool has_led = false;  ///< to records, or may have
  };

  void enter(std::uint16_t step);
  void leave();
  bool empty() const { return levels_.empty(); }
  std::size_t depth() const { return levels_.size(); }
  std::uint16_t step() const { return levels_.back().step; }

  /// Starts again with what objects say behind their records, from a walk that has seen the whole
  /// report.
  void foresee(ContextStack&& whole);
  bool foresees() const { return foresees_; }

  /// To be called for each member of the innermost object that leads to records, or is one.
  void lead();

  /// Whether what comes next in the innermost object has not been foreseen.
  bool wants_context() const { return !foresees_ || !levels_.back().has_led; }

  /// Keeps a value that is context of the innermost object, if that is wanted.
  void keep(std::uint16_t id, std::shared_ptr<const KeptNode> value);
  const Context& context() const { return context_; }

 private:
  const PathTree& tree_;
  Memory memory_;
  std::vector<Level> levels_;
  Context context_;
  std::vector<std::vector<Context::Kept>> frames_;  ///< of every object: what stands behind
  std::size_t frame_count_ = 0;
  bool foresees_ = false;
};

}  // namespace patchbot
