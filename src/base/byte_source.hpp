// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace patchbot {

/// Bytes that are read once, from front to back.
class ByteSource {
 public:
  ByteSource() = default;
  ByteSource(const ByteSource&) = delete;
  ByteSource& operator=(const ByteSource&) = delete;
  virtual ~ByteSource() = default;

  /// Reads up to `size` bytes; 0 only at the end. Throws Error(input) when reading fails.
  virtual std::size_t read(char* into, std::size_t size) = 0;

  /// Goes back to the first byte; false if that cannot be done (see rereadable()).
  virtual bool rewind() { return false; }
};

/// A file, or standard input (`path` "-"). Throws Error(input) if it cannot be opened.
std::unique_ptr<ByteSource> open_file(const std::string& path);

/// Text in memory, handed out in pieces of at most `piece` bytes: how tests meet every buffer edge.
std::unique_ptr<ByteSource> memory_source(std::string_view text, std::size_t piece = SIZE_MAX);

/// Hands through what `source` says; it must outlive this.
std::unique_ptr<ByteSource> borrowed(ByteSource& source);

/// A source that can always be rewound: where `source` cannot, what is read is kept in an unnamed
/// temporary file. `source` must outlive it and not be read by anyone else.
std::unique_ptr<ByteSource> rereadable(ByteSource& source);

/// `head` first, then what `rest` still holds: puts back what was read to recognise a format.
std::unique_ptr<ByteSource> with_head(std::string head, std::unique_ptr<ByteSource> rest);

/// The first `size` bytes, or all there are: what a format is recognised by. An error behind the
/// first of them is left to whoever reads on.
std::string read_head(ByteSource& source, std::size_t size);

/// All that is left, refusing more than `limit` bytes with Error(input).
std::string read_all(ByteSource& source, std::size_t limit);

}  // namespace patchbot
