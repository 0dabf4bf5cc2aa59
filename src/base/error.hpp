// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>

namespace patchbot {

/// Who must act; decides the exit status (cli/exit.hpp).
enum class Blame { usage, input, remote };

/// A place in a file. Lines and columns count from 1, columns in characters; offset is in bytes.
struct Position {
  std::uint64_t offset = 0;
  std::uint64_t line = 1;
  std::uint64_t column = 1;
  bool operator==(const Position&) const = default;
};

/// The one exception that PatchBot throws. What a caller branches on is a value, not an Error.
class Error : public std::runtime_error {
 public:
  Error(Blame blame, const std::string& message, std::optional<Position> position = {})
      : std::runtime_error(message), blame_(blame), position_(position) {}

  Blame blame() const { return blame_; }
  const std::optional<Position>& position() const { return position_; }

  /// The same error as a person wants to read it: "where:line:column: message".
  Error in(const std::string& where) const;

 private:
  Blame blame_;
  std::optional<Position> position_;
};

}  // namespace patchbot
