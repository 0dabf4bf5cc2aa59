// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "base/spool.hpp"
#include "formats/records/node.hpp"

namespace patchbot {

/// A value around records, by the id that its path has.
struct ContextValue {
  std::uint16_t id;
  std::shared_ptr<const KeptNode> value;
};

/// What objects say behind their records: one walk through a report notes it where they end, the
/// next one has it where they begin. There may be as many such objects as records, so it is spooled
/// and not kept in memory.
class Foresight {
 public:
  /// The step of an object, and how deep it stands. Objects of one place follow each other and are
  /// never inside each other, so that they begin in the order in which they end.
  using Place = std::pair<std::uint16_t, std::size_t>;

  /// What the next object of that place has said; nothing is something, too.
  void note(Place place, std::span<const ContextValue> values);

  /// The notes of a place, one after the other; nothing where there are no more.
  std::vector<ContextValue> next(Place place);

 private:
  struct Notes {
    Spool spool;
    std::uint64_t read = 0;  ///< bytes
  };
  std::map<Place, Notes> notes_;
};

}  // namespace patchbot
