// SPDX-License-Identifier: Apache-2.0
#include "formats/compressed.hpp"

#include <array>

#include "bodies.hpp"
#include "support/property.hpp"

namespace patchbot::fuzz {
namespace {

constexpr std::size_t max_total = std::size_t{1} << 20U;
constexpr int max_members = 50;

// Everything that can be read of the archive, up to the cap; an error as its last line.
std::string unpack(std::string_view packed, std::size_t piece) {
  std::string all;
  try {
    Members members(memory_source(packed, piece));
    int count = 0;
    for (Member member = members.next(); member.source && count < max_members;
         member = members.next(), ++count) {
      require_clean(member.name, "a member's name");
      all += "member " + member.name + "\n";
      std::array<char, 4096> block{};
      while (const std::size_t got = member.source->read(block.data(), block.size())) {
        all.append(block.data(), got);
        if (all.size() > max_total) return all;
      }
      require(member.source->read(block.data(), block.size()) == 0, "the end stays the end");
      member.source.reset();
    }
  } catch (const Error& error) {
    require(error.blame() == Blame::input, "a damaged archive is the input's fault");
    all += describe(error);
  }
  return all;
}

}  // namespace

int fuzz_compressed(const std::uint8_t* data, std::size_t size) {
  const Sized input(data, size);
  const std::string at_once = unpack(input.text, SIZE_MAX);
  require(unpack(input.text, input.chunk) == at_once, "pieces do not change what is unpacked");
  return 0;
}

}  // namespace patchbot::fuzz
