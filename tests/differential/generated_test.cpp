// SPDX-License-Identifier: Apache-2.0
#include <array>

#include "base/error.hpp"
#include "compare.hpp"
#include "document.hpp"
#include "support/transcript.hpp"

namespace patchbot::differential {
namespace {

constexpr std::array<std::size_t, 8> chunks{16, 17, 61, 256, 1000, 4096, 65536, 262144};

void expect_agreement_with_tinyxml2(std::uint64_t seed, std::size_t long_text) {
  const Spelling document = DocumentMaker(seed, long_text).make();
  const Reading expected = read_with_tinyxml2(document.plain);

  for (std::size_t chunk : chunks) {
    for (bool memo : {false, true}) {
      SCOPED_TRACE(testing::Message() << "seed " << seed << " chunk " << chunk << " memo " << memo);
      Reading seen;
      ASSERT_NO_THROW(seen = read_with_patchbot(document.text, {chunk, memo}));
      ASSERT_NO_FATAL_FAILURE(expect_same(seen, {expected.hosts, expected.items, {}}));
    }
  }
}

std::string mutated(const Spelling& one, const Spelling& other, Prng& random) {
  std::string text = one.text;
  switch (random.below(3)) {
    case 0: text.resize(random.below(text.size())); break;
    case 1:
      for (std::size_t i = 1 + random.below(3); i > 0; --i) {
        constexpr std::string_view bytes("<>&;\"'/!?-]= \0\x80\xC3\r\nx", 19);
        text[random.below(text.size())] = bytes[random.below(bytes.size())];
      }
      break;
    default: {
      const std::size_t length = random.below(200);
      const std::size_t from = random.below(other.text.size());
      text.replace(random.below(text.size()), random.below(200), other.text, from, length);
    }
  }
  return text;
}

// Returns whether the text was refused.
bool expect_one_reading(const std::string& text) {
  const fuzz::Transcript expected = fuzz::transcribe_xml(text, {text.size() + 1, false});
  for (std::size_t chunk : {std::size_t{16}, std::size_t{53}, std::size_t{700}, text.size() + 1}) {
    for (bool memo : {false, true}) {
      const fuzz::Transcript seen = fuzz::transcribe_xml(text, {chunk, memo});
      EXPECT_TRUE(seen == expected) << "chunk " << chunk << " memo " << memo << "\n"
                                    << fuzz::difference(seen, expected);
    }
  }
  return !expected.failure.empty();
}

TEST(GeneratedReports, AreReadAsTinyxml2ReadsThem) {
  for (std::uint64_t seed = 1; seed <= 600; ++seed) {
    ASSERT_NO_FATAL_FAILURE(expect_agreement_with_tinyxml2(seed, 3000));
  }
}

TEST(GeneratedReports, AreReadAsTinyxml2ReadsThemAcrossLargeBuffers) {
  for (std::uint64_t seed = 1001; seed <= 1008; ++seed) {
    ASSERT_NO_FATAL_FAILURE(expect_agreement_with_tinyxml2(seed, 300000));
  }
}

TEST(MutatedReports, AreReadOrRefusedAlikeWhateverTheBuffer) {
  Prng random(20261123);
  int refused = 0;
  constexpr int mutants = 4000;
  Spelling other = DocumentMaker(1, 300).make();

  for (int i = 0; i < mutants && !testing::Test::HasFailure(); ++i) {
    const Spelling one = DocumentMaker(static_cast<std::uint64_t>(i / 8), 300).make();
    SCOPED_TRACE(i);
    refused += expect_one_reading(mutated(one, other, random)) ? 1 : 0;
    if (i % 8 == 7) other = one;
  }

  EXPECT_GT(refused, mutants / 3);
  EXPECT_LT(refused, mutants);
}

TEST(MutatedReports, CutShortAreNeverAccepted) {
  const Spelling document = DocumentMaker(7, 300).make();
  const std::size_t root_end = document.text.rfind("</NessusClientData_v2");
  Prng random(7);

  for (int i = 0; i < 200; ++i) {
    const std::string cut = document.text.substr(0, random.below(root_end));
    EXPECT_NE(fuzz::transcribe_xml(cut, {256, true}).failure, "") << "cut at " << cut.size();
  }
}

}  // namespace
}  // namespace patchbot::differential
