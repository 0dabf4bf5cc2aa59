// SPDX-License-Identifier: Apache-2.0
#include "formats/compressed.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "formats/archive.hpp"
#include "support.hpp"

namespace patchbot {
namespace {

using test::fault_of;
using test::gzip;
using test::zip;

// "name=text;" of each member.
std::string unpacked(std::string_view bytes, std::size_t piece = SIZE_MAX) {
  Members members(memory_source(bytes, piece));
  std::string told;
  for (Member member = members.next(); member.source; member = members.next()) {
    told += member.name + "=" + read_all(*member.source, 1U << 24U) + ";";
    member.source.reset();
  }
  return told;
}

std::string refusal(std::string_view bytes, std::size_t piece = SIZE_MAX) {
  return fault_of([&] { unpacked(bytes, piece); });
}

// Text that does not shrink to nothing.
std::string long_text() {
  std::string text;
  unsigned number = 1;
  for (int i = 0; i < 60000; ++i) {
    number = number * 1664525U + 1013904223U;
    text += static_cast<char>('a' + (number >> 28U));
  }
  return text;
}

TEST(Members, HandsOverPlainBytesAsTheyAre) {
  EXPECT_EQ(unpacked("<a/>"), "=<a/>;");
  EXPECT_EQ(unpacked(""), "=;");
  EXPECT_EQ(unpacked("PK"), "=PK;");
  EXPECT_EQ(unpacked("abc", 1), "=abc;");
}

TEST(Members, UnpacksGzip) {
  const std::string text = long_text();
  EXPECT_EQ(unpacked(gzip("<a/>")), "=<a/>;");
  EXPECT_EQ(unpacked(gzip("")), "=;");
  EXPECT_EQ(unpacked(gzip(text)), "=" + text + ";");
  EXPECT_EQ(unpacked(gzip(text), 7), "=" + text + ";");
}

TEST(Members, UnpacksEveryMemberOfAGzipFile) {
  const std::string packed = gzip("one ") + gzip("") + gzip("two");
  EXPECT_EQ(unpacked(packed), "=one two;");
  EXPECT_EQ(unpacked(packed, 1), "=one two;");
}

TEST(Members, IgnorePaddingBehindGzipAsGzipItselfDoes) {
  for (std::size_t count : {1U, 2U, 3U, 512U}) {
    for (std::size_t piece : {std::size_t{1}, std::size_t{5}, SIZE_MAX}) {
      EXPECT_EQ(unpacked(gzip("x") + std::string(count, '\0'), piece), "=x;")
          << count << " bytes in pieces of " << piece;
    }
  }
}

TEST(Members, RefuseTruncatedGzipWhereverItIsCut) {
  const std::string packed = gzip("<NessusClientData_v2></NessusClientData_v2>");
  for (std::size_t size = 2; size < packed.size(); ++size) {
    EXPECT_EQ(refusal(packed.substr(0, size)), "input: the gzip data ends early: truncated")
        << size;
  }
  EXPECT_EQ(refusal(gzip("one") + packed.substr(0, 15)),
            "input: the gzip data ends early: truncated");
}

TEST(Members, RefuseDamagedGzip) {
  std::string packed = gzip(long_text());
  packed[packed.size() - 5] = static_cast<char>(packed[packed.size() - 5] ^ 0x55);  // the checksum
  EXPECT_EQ(refusal(packed), "input: damaged gzip data");
  EXPECT_EQ(refusal("\x1F\x8B\x07 no known method"), "input: damaged gzip data");
}

TEST(Members, RefuseAGzipBomb) {
  // 300 MiB of zeros, member by member, so that the test itself stays small.
  const std::string member = gzip(std::string(std::size_t{4} << 20U, '\0'));
  std::string packed;
  for (int i = 0; i < 75; ++i) packed += member;
  Members members(memory_source(packed));
  const Member bomb = members.next();
  std::string block(1U << 20U, '\0');

  EXPECT_EQ(fault_of([&] {
              while (bomb.source->read(block.data(), block.size()) != 0) {
              }
            }),
            "input: unpacks to more than 200 times its size; refused as a decompression bomb");
}

TEST(Members, HandOverTheFilesOfAZipArchive) {
  const std::string text = long_text();
  EXPECT_EQ(unpacked(zip({{"a.nessus", "<a/>"}, {"week/b.csv", text}})),
            "a.nessus=<a/>;week/b.csv=" + text + ";");
  EXPECT_EQ(unpacked(zip({{"a", "x"}, {"empty", ""}}), 3), "a=x;empty=;");
}

TEST(Members, PassOverFoldersAndWhatArchiversAdd) {
  EXPECT_EQ(unpacked(zip({{"week/", ""},
                          {"__MACOSX/._a.nessus", "x"},
                          {"week/.DS_Store", "x"},
                          {"week/a.nessus", "<a/>"},
                          {"._b", "x"}})),
            "week/a.nessus=<a/>;");
}

TEST(Members, GiveNothingFromAnEmptyZipArchive) { EXPECT_EQ(unpacked(zip({})), ""); }

TEST(Members, MayBeAskedAgainAtTheEndOfAMember) {
  for (const std::string& packed : {zip({{"a", "xyz"}}), gzip("xyz"), std::string("xyz")}) {
    Members members(memory_source(packed));
    const Member member = members.next();
    EXPECT_EQ(read_all(*member.source, 100), "xyz");

    EXPECT_EQ(read_all(*member.source, 100), "");
  }
}

TEST(Members, CleanTheNamesOfAZipArchive) {
  EXPECT_EQ(unpacked(zip({{"a\x1B[31m\nb", "x"}})), "a[31m b=x;");
}

TEST(Members, RefuseATruncatedZipArchive) {
  const std::string packed = zip({{"a", "x"}, {"b", long_text()}});
  for (std::size_t size : {std::size_t{4}, packed.size() / 2, packed.size() - 22}) {
    EXPECT_EQ(refusal(packed.substr(0, size)),
              "input: damaged zip archive: its directory cannot be read; truncated?")
        << size;
  }
  EXPECT_EQ(refusal(packed.substr(0, packed.size() - 10)),
            "input: damaged zip archive: its directory breaks off; members are missing");
}

TEST(Members, RefuseDamagedDataInAZipArchive) {
  const std::string packed = zip({{"a", long_text()}});
  std::string turned = packed;
  turned[20000] = static_cast<char>(turned[20000] ^ 0x55);
  std::string checksum = packed;
  const auto directory = checksum.find("PK\x01\x02");
  checksum[directory + 16] = static_cast<char>(checksum[directory + 16] ^ 1);

  EXPECT_EQ(refusal(turned).substr(0, 22), "input: damaged zip dat");
  EXPECT_EQ(refusal(checksum).substr(0, 17), "input: zip member");
}

TEST(Members, RefuseADirectoryThatBreaksOffInsteadOfLosingMembers) {
  std::string packed = zip({{"a", "1"}, {"b", "2"}});
  const auto second = packed.rfind("PK\x01\x02");
  packed[second + 2] = 9;

  EXPECT_EQ(refusal(packed),
            "input: damaged zip archive: its directory breaks off; members are missing");
}

}  // namespace
}  // namespace patchbot
