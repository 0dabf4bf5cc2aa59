// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <vector>

#include "formats/records/foresight.hpp"
#include "formats/records/paths.hpp"

namespace patchbot {

/// The context of the record that is being read: what its enclosing objects say.
class Context {
 public:
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

  void add(ContextValue kept);
  void shrink(std::size_t size);

  std::vector<ContextValue> kept_;
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
    static constexpr std::size_t never = std::numeric_limits<std::size_t>::max();
    std::uint16_t step;
    std::size_t kept;         ///< how much context the levels outside have
    std::size_t led = never;  ///< how much context there was when it first led to records
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
  bool wants_context() const { return !foresees_ || levels_.back().led == Level::never; }

  /// Keeps a value that is context of the innermost object, if that is wanted.
  void keep(std::uint16_t id, std::shared_ptr<const KeptNode> value);
  const Context& context() const { return context_; }

 private:
  Foresight::Place place() const { return {levels_.back().step, levels_.size()}; }

  const PathTree& tree_;
  Memory memory_;
  std::vector<Level> levels_;
  Context context_;
  Foresight behind_;  ///< what objects say behind their records
  bool foresees_ = false;
};

}  // namespace patchbot
