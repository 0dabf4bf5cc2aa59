// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>

#include "base/byte_source.hpp"
#include "formats/nessus_xml.hpp"

namespace patchbot::differential {
namespace {

// head, then so many bytes of filling, then tail: never in memory as a whole.
class LongPolicy : public ByteSource {
 public:
  explicit LongPolicy(std::size_t filling) : filling_(filling) {}

  std::size_t read(char* into, std::size_t size) override {
    if (!head_.empty()) return give(head_, into, size);
    if (filling_ == 0) return give(tail_, into, size);
    const std::size_t count = std::min(size, filling_);
    std::fill_n(into, count, 'x');
    filling_ -= count;
    return count;
  }

 private:
  static std::size_t give(std::string_view& text, char* into, std::size_t size) {
    const std::size_t count = std::min(size, text.size());
    std::copy_n(text.data(), count, into);
    text.remove_prefix(count);
    return count;
  }

  std::string_view head_ = "<NessusClientData_v2><Policy><value>";
  std::size_t filling_;
  std::string_view tail_ =
      "</value></Policy><Report name='r'><ReportHost name='h'/></Report></NessusClientData_v2>";
};

TEST(LongPolicyText, IsReadWithoutBeingHeldInMemory) {
  LongPolicy source(InputBuffer::default_limit + 1000);
  NessusXml reader(source, {});

  EXPECT_EQ(reader.next(), Report::Event::host);
  EXPECT_EQ(reader.host().name, "h");
  EXPECT_EQ(reader.next(), Report::Event::host_end);
  EXPECT_EQ(reader.next(), Report::Event::end);
}

}  // namespace
}  // namespace patchbot::differential
