// SPDX-License-Identifier: Apache-2.0
#include "options.hpp"

#include <charconv>
#include <stdexcept>
#include <string_view>

namespace patchbot::bench {
namespace {

std::uint64_t parse_number(std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) {
    throw std::invalid_argument("not a number: " + std::string(text));
  }
  return value;
}

std::size_t parse_count(std::string_view text) {
  const std::uint64_t value = parse_number(text);
  if (value == 0) throw std::invalid_argument("must be at least 1");
  return value;
}

Shape parse_shape(std::string_view text) {
  if (text == "fleet") return fleet;
  if (text == "dense") return dense;
  throw std::invalid_argument("shape is fleet or dense, not " + std::string(text));
}

void set(Options& options, std::string_view name, std::string_view value) {
  if (name == "--megabytes")
    options.megabytes = parse_count(value);
  else if (name == "--seed")
    options.seed = parse_number(value);
  else if (name == "--plugins")
    options.plugins = parse_count(value);
  else if (name == "--shape")
    options.shape = parse_shape(value);
  else if (name == "--output")
    options.output = value;
  else if (name == "--inventory")
    options.inventory = value;
  else
    throw std::invalid_argument("unknown option " + std::string(name));
}

}  // namespace

Options parse_options(int argc, char** argv) {
  Options options;
  for (int i = 1; i < argc; i += 2) {
    if (i + 1 == argc) throw std::invalid_argument(std::string(argv[i]) + " needs a value");
    set(options, argv[i], argv[i + 1]);
  }
  return options;
}

}  // namespace patchbot::bench
