// SPDX-License-Identifier: Apache-2.0
#include "formats/records/foresight.hpp"

#include <cstring>
#include <string>
#include <string_view>
#include <type_traits>

namespace patchbot {
namespace {

struct NoteHead {
  std::uint32_t values;
  std::uint32_t size;  ///< of all that follows, in bytes
};

struct ValueHead {
  std::uint32_t id;
  std::uint32_t cells;
  std::uint32_t bytes;
  std::uint32_t extra;
};

template <class T>
void put(std::string& out, const T* first, std::size_t count = 1) {
  static_assert(std::is_trivially_copyable_v<T>);
  out.append(reinterpret_cast<const char*>(first), count * sizeof(T));
}

template <class T>
void take(std::string_view& in, T* first, std::size_t count = 1) {
  static_assert(std::is_trivially_copyable_v<T>);
  if (count > 0) std::memcpy(first, in.data(), count * sizeof(T));
  in.remove_prefix(count * sizeof(T));
}

std::uint32_t size_of(std::size_t size) { return static_cast<std::uint32_t>(size); }

void put_value(std::string& out, const ContextValue& one) {
  const Tape& tape = one.value->tape();
  const std::string_view bytes = one.value->bytes();
  const ValueHead head{
      one.id, size_of(tape.cells.size()), size_of(bytes.size()), size_of(tape.extra.size())};
  put(out, &head);
  put(out, tape.cells.data(), tape.cells.size());
  out += bytes;
  out += tape.extra;
}

ContextValue take_value(std::string_view& in) {
  ValueHead head{};
  take(in, &head);
  Tape tape;
  tape.cells.resize(head.cells);
  take(in, tape.cells.data(), head.cells);
  const std::string_view bytes = in.substr(0, head.bytes);
  tape.base = bytes.data();
  tape.extra = in.substr(head.bytes, head.extra);
  in.remove_prefix(std::size_t{head.bytes} + head.extra);
  return {static_cast<std::uint16_t>(head.id),
          std::make_shared<KeptNode>(std::move(tape), bytes.size())};
}

}  // namespace

void Foresight::note(Place place, std::span<const ContextValue> values) {
  std::string text;
  for (const ContextValue& one : values) put_value(text, one);
  std::string head;
  const NoteHead counts{size_of(values.size()), size_of(text.size())};
  put(head, &counts);
  Spool& spool = notes_[place].spool;
  spool.add(head);
  spool.add(text);
}

std::vector<ContextValue> Foresight::next(Place place) {
  std::vector<ContextValue> values;
  const auto found = notes_.find(place);
  if (found == notes_.end() || found->second.read >= found->second.spool.size()) return values;
  Notes& notes = found->second;
  NoteHead counts{};
  const std::string head = notes.spool.read({notes.read, sizeof counts});
  std::string_view rest = head;
  take(rest, &counts);
  const std::string text = notes.spool.read({notes.read + sizeof counts, counts.size});
  notes.read += sizeof counts + text.size();
  values.reserve(counts.values);
  rest = text;
  while (values.size() < counts.values) values.push_back(take_value(rest));
  return values;
}

}  // namespace patchbot
