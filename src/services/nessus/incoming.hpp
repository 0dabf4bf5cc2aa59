// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/atomic_file.hpp"
#include "base/error.hpp"

namespace patchbot::nessus {

/// What a server sends, on its way to the disk: it appears there whole or not at all. Knows whether
/// all came by how a document of its kind ends, since no length is announced.
class Incoming {
 public:
  enum class Kind {
    report,  ///< .nessus: its root element is closed
    list     ///< a JSON array, closed again, and nothing behind it
  };

  Incoming(const std::string& path, Kind kind) : file_(path), kind_(kind) {}

  /// For a transport, through which nothing may be thrown: false ends the transfer, see check().
  bool take(std::string_view bytes) noexcept;

  /// Throws what take() met: the file could not be written.
  void check() const {
    if (fault_) throw Error(*fault_);
  }

  bool is_whole() const;
  std::size_t size() const { return size_; }

  /// Adds `epilog` and gives the file its name. Throws Error(usage).
  void commit(std::string_view epilog = {});

 private:
  static constexpr std::size_t kept = 256;

  void follow_json(std::string_view bytes);

  AtomicFile file_;
  Kind kind_;
  std::size_t size_ = 0;
  std::string end_;  ///< the last bytes
  std::size_t depth_ = 0;
  bool in_text_ = false;
  bool is_escaped_ = false;
  bool has_begun_ = false;
  bool is_broken_ = false;  ///< more than one value
  std::optional<Error> fault_;
};

}  // namespace patchbot::nessus
