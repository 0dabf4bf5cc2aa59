// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>

#include "exchange.hpp"
#include "world.hpp"

namespace patchbot::test::fake {

inline constexpr const char* access_key = "fake-access-key-0123456789";
inline constexpr const char* secret_key = "fake-secret-key-0123456789";
inline constexpr const char* user = "patchbot";
inline constexpr const char* password = "a-pass \"word\"";

/// Who may ask.
class Sessions {
 public:
  explicit Sessions(World& world) : world_(world) {}

  bool lets_in(const Exchange& exchange);
  bool answer_anybody(Exchange& exchange);  ///< who logs in or out
  bool answer(Exchange& exchange);
  std::size_t opened() const { return opened_; }

 private:
  void open(Exchange& exchange);

  World& world_;
  std::map<std::string, milliseconds> tokens_;  ///< and when they were last used
  std::size_t opened_ = 0;
};

}  // namespace patchbot::test::fake
