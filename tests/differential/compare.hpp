// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include "reading.hpp"

namespace patchbot::differential {

/// Hosts and items one by one; stops at the first that differs.
inline void expect_same(const Reading& seen, const Reading& expected) {
  ASSERT_EQ(seen.items.size(), expected.items.size());
  for (std::size_t i = 0; i < seen.items.size(); ++i) {
    ASSERT_EQ(to_text(seen.items[i]), to_text(expected.items[i])) << "item " << i;
  }
  ASSERT_EQ(seen.hosts.size(), expected.hosts.size());
  for (std::size_t i = 0; i < seen.hosts.size(); ++i) {
    ASSERT_TRUE(seen.hosts[i] == expected.hosts[i]) << "host " << i << " " << seen.hosts[i].name;
  }
}

}  // namespace patchbot::differential
