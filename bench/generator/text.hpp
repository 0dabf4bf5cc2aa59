// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "prng.hpp"

namespace patchbot::bench {

/// All of these append text that is already escaped for XML.
void add_sentence(std::string& out, Prng& prng);
void add_text(std::string& out, Prng& prng, std::size_t bytes);
void add_element(std::string& out, std::string_view name, std::string_view text);

/// Braces fix the order in which the parts are drawn; `a() + b()` would leave it to the compiler.
std::string join(std::initializer_list<std::string_view> parts);

std::string number(std::size_t value, std::size_t digits = 1);
std::string hex(Prng& prng, std::size_t digits);
std::string version(Prng& prng);
std::string day(Prng& prng);            ///< YYYY/MM/DD
std::string tenths(std::size_t value);  ///< 98 becomes 9.8

/// A body of output lines from which plugin_output texts are cut at line ends.
class OutputPool {
 public:
  explicit OutputPool(Prng prng);
  void add_lines(std::string& out, Prng& prng, std::size_t bytes) const;

 private:
  std::string text_;
  std::vector<std::size_t> line_starts_;
};

}  // namespace patchbot::bench
