// SPDX-License-Identifier: Apache-2.0
#include "formats/records/records.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string>

#include "../archive.hpp"
#include "formats/compressed.hpp"
#include "walking.hpp"

namespace patchbot {
namespace {

using Place = ContextPath::Place;
using test::Plan;
using test::walk;

constexpr std::array<RecordPath, 1> records{{{1, "/r/*"}}};
constexpr std::array<ContextPath, 1> needed{{{1, "/c", Place::anywhere}}};
constexpr std::array<ContextPath, 1> welcome{{{1, "/c", Place::before}}};
constexpr std::string_view behind = R"({"r":[{"x":1},{"x":2}],"c":3})";
constexpr std::string_view told_behind = "1 {x=1} 1:3\n1 {x=2} 1:3\nend 1:3\nnothing";

// Counts what is asked of it.
class Counting : public ByteSource {
 public:
  explicit Counting(std::string_view text) : source_(memory_source(text, 7)) {}
  std::size_t read(char* into, std::size_t size) override {
    const std::size_t got = source_->read(into, size);
    bytes += got;
    return got;
  }
  bool rewind() override {
    ++rewinds;
    return source_->rewind();
  }

  std::size_t bytes = 0;
  std::size_t rewinds = 0;

 private:
  std::unique_ptr<ByteSource> source_;
};

// Gives some bytes, then breaks; who asks again would hear something else.
class Breaking : public ByteSource {
 public:
  explicit Breaking(std::string_view text) : source_(memory_source(text, 5)) {}
  std::size_t read(char* into, std::size_t size) override {
    if (broken_) return 0;
    const std::size_t got = source_->read(into, size);
    if (got == 0) {
      broken_ = true;
      throw Error(Blame::input, "broke");
    }
    return got;
  }

 private:
  std::unique_ptr<ByteSource> source_;
  bool broken_ = false;
};

TEST(Records, ReadsOnceWhereNothingIsMissing) {
  for (const Plan& plan : {Plan{records, welcome}, Plan{records, needed}}) {
    Counting source(R"({"c":3,"r":[{"x":1}]})");
    EXPECT_EQ(walk(walk_json, source, plan, 16), "1 {x=1} 1:3\nend 1:3\nnothing");
    EXPECT_EQ(source.rewinds, 0U);
    EXPECT_EQ(source.bytes, 21U);
  }
}

TEST(Records, ReadsTwiceOnlyForWhatIsNeeded) {
  Counting once(behind);
  EXPECT_EQ(walk(walk_json, once, {records, welcome}, 16), "1 {x=1}\n1 {x=2}\nend 1:3\nnothing");
  EXPECT_EQ(once.rewinds, 0U);

  Counting twice(behind);
  EXPECT_EQ(walk(walk_json, twice, {records, needed}, 16), told_behind);
  EXPECT_EQ(twice.rewinds, 2U);
}

// Only what stands behind has to be remembered from the first reading.
TEST(Records, WhatStandsBeforeAndWhatStandsBehindAreKnownTogether) {
  constexpr std::array<RecordPath, 1> in_items{{{1, "/i/*/r/*"}}};
  constexpr std::array<ContextPath, 3> around{
      {{1, "/i/*/a"}, {2, "/i/*/z", Place::anywhere}, {3, "/all", Place::anywhere}}};
  Counting source(
      R"({"i":[{"a":1,"r":[{"x":1},{"x":2}],"z":2},{"a":3,"r":[{"x":3}],"z":4}],"all":5})");
  EXPECT_EQ(walk(walk_json, source, {in_items, around}, 16),
            "1 {x=1} 1:1 2:2 3:5\n1 {x=2} 1:1 2:2 3:5\n1 {x=3} 1:3 2:4 3:5\nend 3:5\nnothing");
}

TEST(Records, LooksAheadOnceEvenIfNothingIsFound) {
  Counting source(R"({"r":[{"x":1},{"x":2}]}{"r":[{"x":3}]})");
  EXPECT_EQ(walk(walk_json, source, {records, needed}, 16),
            "1 {x=1}\n1 {x=2}\nend\n1 {x=3}\nend\nnothing");
  EXPECT_EQ(source.rewinds, 2U);
}

TEST(Records, WithoutRecordsNothingIsMissing) {
  Counting source(R"({"r":[],"x":1})");
  EXPECT_EQ(walk(walk_json, source, {records, needed}, 16), "end\nnothing");
  EXPECT_EQ(source.rewinds, 0U);
}

TEST(Records, ReadsTwiceFromWhatCannotBeRewound) {
  const std::string packed = test::gzip(behind);
  for (std::size_t chunk : {1U, 16U, 65536U}) {
    Members members(memory_source(packed));
    const Member member = members.next();
    const auto source = rereadable(*member.source);
    EXPECT_EQ(walk(walk_json, *source, {records, needed}, chunk), told_behind);
  }
}

// Nobody looks at it a second time, so that its fault would be lost.
TEST(Records, ContextThatIsTooLargeIsTold) {
  std::string report = R"({"r":[{"x":1}],"c":[0)";
  for (int i = 0; i < 4200000; ++i) report += ",0";
  report += "]}";
  Counting source(report);
  EXPECT_EQ(walk(walk_json, source, {records, needed}, 65536),
            "1 {x=1}\nend\ninput 1:8388628: one record holds more than 4 million values");
}

TEST(Records, WhatASourceGaveBeforeItBrokeStands) {
  for (std::size_t chunk : {1U, 4U, 16U, 65536U}) {
    Breaking once(R"({"c":3,"r":[{"x":1},{"x":2},{"x")");
    EXPECT_EQ(walk(walk_json, once, {records, needed}, chunk),
              "1 {x=1} 1:3\n1 {x=2} 1:3\ninput: broke")
        << chunk;

    Breaking twice(R"({"r":[{"x":1},{"x":2}],"c":3,"z":)");
    const auto source = rereadable(twice);
    EXPECT_EQ(walk(walk_json, *source, {records, needed}, chunk),
              "1 {x=1} 1:3\n1 {x=2} 1:3\ninput: broke")
        << chunk;
  }
}

TEST(Records, WhatAnXmlSourceGaveBeforeItBrokeStands) {
  constexpr std::array<RecordPath, 1> elements{{{1, "/a/r"}}};
  constexpr std::array<ContextPath, 1> context{{{1, "/a/c", Place::anywhere}}};
  for (std::size_t chunk : {1U, 16U, 65536U}) {
    Breaking broken("<a><r>1</r><c>3</c><r>2</r><r>");
    const auto source = rereadable(broken);
    EXPECT_EQ(walk(walk_xml, *source, {elements, context}, chunk),
              "1 '1' 1:'3'\n1 '2' 1:'3'\ninput: broke")
        << chunk;
  }
}

// A file that somebody cuts while it is being read.
class Shrinking : public ByteSource {
 public:
  std::size_t read(char* into, std::size_t size) override { return source_->read(into, size); }
  bool rewind() override {
    source_ = memory_source(behind.substr(0, 10));
    return true;
  }

 private:
  std::unique_ptr<ByteSource> source_ = memory_source(behind);
};

TEST(Records, AFileThatChangesBetweenTheReadsIsAnError) {
  Shrinking source;
  EXPECT_EQ(walk(walk_json, source, {records, needed}, 65536),
            "input 1:11: the file ends early, expected ':'");
}

}  // namespace
}  // namespace patchbot
