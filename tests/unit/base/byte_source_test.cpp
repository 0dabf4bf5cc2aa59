// SPDX-License-Identifier: Apache-2.0
#include "base/byte_source.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <string>
#include <thread>

#include "base/error.hpp"
#include "support.hpp"

namespace patchbot {
namespace {

using test::fault_of;
using test::TempDir;

TEST(OpenFile, ReadsWhatIsThere) {
  const TempDir dir;

  const auto source = open_file(dir.write("a", std::string("1\0\xFF", 3)));

  EXPECT_EQ(read_all(*source, 10), std::string("1\0\xFF", 3));
}

TEST(OpenFile, SaysWhyItCannot) {
  const TempDir dir;

  EXPECT_EQ(fault_of([&] { open_file(dir.file("none")); }),
            "input: cannot be opened: No such file or directory");
  EXPECT_EQ(fault_of([&] { open_file(dir.path().string()); }),
            "input: is a directory; expected a file");
}

TEST(MemorySource, HandsOutPiecesAndThenNothing) {
  const auto source = memory_source("abcde", 2);
  char bytes[10];

  EXPECT_EQ(source->read(bytes, 10), 2U);
  EXPECT_EQ(source->read(bytes, 1), 1U);
  EXPECT_EQ(source->read(bytes, 10), 2U);
  EXPECT_EQ(source->read(bytes, 10), 0U);
  EXPECT_EQ(source->read(bytes, 10), 0U);
}

TEST(WithHead, PutsTheHeadBeforeTheRest) {
  const auto source = with_head("abc", memory_source("def", 1));

  EXPECT_EQ(read_all(*source, 100), "abcdef");
}

std::string rest_of(ByteSource& source) { return read_all(source, 1000000); }

// Standard input for the length of a test.
class StandardInput {
 public:
  explicit StandardInput(int descriptor) : saved_(::dup(STDIN_FILENO)) {
    ::dup2(descriptor, STDIN_FILENO);
    ::close(descriptor);
  }
  StandardInput(const StandardInput&) = delete;
  StandardInput& operator=(const StandardInput&) = delete;
  ~StandardInput() {
    ::dup2(saved_, STDIN_FILENO);
    ::close(saved_);
  }

 private:
  int saved_;
};

int pipe_of(std::string_view text) {
  std::array<int, 2> ends{};
  if (::pipe(ends.data()) != 0) throw std::runtime_error("pipe");
  if (::write(ends[1], text.data(), text.size()) < 0) throw std::runtime_error("write");
  ::close(ends[1]);
  return ends[0];
}

TEST(Rewind, AFileBeginsAgain) {
  const TempDir dir;
  const auto source = open_file(dir.write("a", "12345"));

  EXPECT_EQ(read_head(*source, 2), "12");
  EXPECT_TRUE(source->rewind());
  EXPECT_EQ(rest_of(*source), "12345");
  EXPECT_TRUE(source->rewind());
  EXPECT_EQ(rest_of(*source), "12345");
}

TEST(Rewind, APipeDoesNot) {
  const TempDir dir;
  const std::string path = dir.file("pipe");
  ASSERT_EQ(::mkfifo(path.c_str(), 0600), 0);
  std::thread writer([&] {
    const int end = ::open(path.c_str(), O_WRONLY);
    EXPECT_EQ(::write(end, "123", 3), 3);
    ::close(end);
  });
  const auto source = open_file(path);

  EXPECT_EQ(read_head(*source, 1), "1");
  EXPECT_FALSE(source->rewind());
  EXPECT_EQ(rest_of(*source), "23");
  writer.join();
}

TEST(Rewind, StandardInputBeginsWhereItWasFound) {
  const TempDir dir;
  const StandardInput input(::open(dir.write("a", "before12345").c_str(), O_RDONLY));
  std::array<char, 6> others{};
  ASSERT_EQ(::read(STDIN_FILENO, others.data(), others.size()), 6);
  const auto source = open_file("-");

  EXPECT_EQ(read_head(*source, 2), "12");
  EXPECT_TRUE(source->rewind());
  EXPECT_EQ(rest_of(*source), "12345");
}

TEST(Rewind, StandardInputThatIsAPipeDoesNot) {
  const StandardInput input(pipe_of("123"));
  const auto source = open_file("-");

  EXPECT_FALSE(source->rewind());
  EXPECT_EQ(rest_of(*source), "123");
}

TEST(Rewind, MemoryBeginsAgain) {
  const auto source = memory_source("12345", 2);

  EXPECT_EQ(read_head(*source, 3), "123");
  EXPECT_TRUE(source->rewind());
  EXPECT_EQ(rest_of(*source), "12345");
}

/// A pipe, which counts how often it was asked after its end.
class Pipe : public ByteSource {
 public:
  explicit Pipe(std::string_view text, std::string fault = {})
      : source_(memory_source(text, 3)), fault_(std::move(fault)) {}

  std::size_t read(char* into, std::size_t size) override {
    const std::size_t got = source_->read(into, size);
    if (got > 0 || size == 0) return got;
    if (++ends > 1) return into[0] = '!', 1;  // something new
    if (!fault_.empty()) throw Error(Blame::input, fault_);
    return 0;
  }

  int ends = 0;

 private:
  std::unique_ptr<ByteSource> source_;
  std::string fault_;
};

TEST(Rewind, WithHeadBeginsWithTheHead) {
  auto whole = memory_source("abcdef", 2);
  std::string head = read_head(*whole, 4);
  const auto source = with_head(std::move(head), std::move(whole));

  EXPECT_EQ(read_head(*source, 3), "abc");
  EXPECT_TRUE(source->rewind());
  EXPECT_EQ(rest_of(*source), "abcdef");
  EXPECT_TRUE(source->rewind());
  EXPECT_EQ(rest_of(*source), "abcdef");
}

TEST(Rewind, WithHeadDoesNotIfTheRestDoesNot) {
  const auto source = with_head("abc", std::make_unique<Pipe>("def"));

  EXPECT_EQ(read_head(*source, 4), "abcd");
  EXPECT_FALSE(source->rewind());
  EXPECT_EQ(rest_of(*source), "ef");
}

TEST(Borrowed, HandsThroughWhatTheSourceSays) {
  Pipe pipe("123");
  const auto text = memory_source("123");

  EXPECT_FALSE(borrowed(pipe)->rewind());
  EXPECT_EQ(read_head(*borrowed(pipe), 2), "12");
  EXPECT_EQ(rest_of(*borrowed(pipe)), "3");
  EXPECT_EQ(read_head(*borrowed(*text), 2), "12");
  EXPECT_TRUE(borrowed(*text)->rewind());
  EXPECT_EQ(rest_of(*text), "123");
}

TEST(Rereadable, StartsAtTheBeginning) {
  const auto text = memory_source("12345");
  EXPECT_EQ(read_head(*text, 2), "12");
  EXPECT_EQ(rest_of(*rereadable(*text)), "12345");
}

TEST(Rereadable, KeepsWhatCannotBeRewound) {
  const std::string text = "123456789abcdefgh";
  for (std::size_t first = 0; first <= text.size(); ++first) {
    Pipe pipe(text);
    const auto source = rereadable(pipe);

    EXPECT_EQ(read_head(*source, first), text.substr(0, first));
    EXPECT_TRUE(source->rewind());
    EXPECT_EQ(read_head(*source, first / 2), text.substr(0, first / 2));
    EXPECT_TRUE(source->rewind());
    EXPECT_EQ(rest_of(*source), text);
    EXPECT_TRUE(source->rewind());
    EXPECT_TRUE(source->rewind());
    EXPECT_EQ(rest_of(*source), text);
    EXPECT_EQ(rest_of(*source), "");
    EXPECT_EQ(pipe.ends, 1);
  }
}

TEST(Rereadable, KeepsNothingOfAnEmptyPipe) {
  Pipe pipe("");
  const auto source = rereadable(pipe);

  EXPECT_TRUE(source->rewind());
  EXPECT_EQ(rest_of(*source), "");
  EXPECT_TRUE(source->rewind());
  EXPECT_EQ(rest_of(*source), "");
  EXPECT_EQ(pipe.ends, 1);
}

TEST(Rereadable, ASourceThatFailsFailsAgainAtTheSamePlace) {
  Pipe pipe("12345", "broke");
  const auto source = rereadable(pipe);
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(read_head(*source, 5), "12345");
    EXPECT_EQ(fault_of([&] { rest_of(*source); }), "input: broke");
    EXPECT_EQ(fault_of([&] { rest_of(*source); }), "input: broke");
    EXPECT_TRUE(source->rewind());
  }
  EXPECT_EQ(pipe.ends, 1);
}

TEST(ReadHead, TakesWhatThereIsInAsManyPiecesAsItNeeds) {
  Pipe pipe("123456789");
  EXPECT_EQ(read_head(pipe, 0), "");
  EXPECT_EQ(read_head(pipe, 4), "1234");
  EXPECT_EQ(read_head(pipe, 100), "56789");
}

TEST(ReadAll, TakesExactlyTheLimitAndRefusesOneByteMore) {
  const std::string text(100000, 'x');
  const auto enough = memory_source(text);
  const auto more = memory_source(text);

  EXPECT_EQ(read_all(*enough, 100000).size(), 100000U);
  EXPECT_EQ(fault_of([&] { read_all(*more, 99999); }), "input: is larger than 99999 bytes");
}

}  // namespace
}  // namespace patchbot
