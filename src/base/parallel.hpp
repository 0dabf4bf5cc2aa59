// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>

namespace patchbot {

/// Calls work(0) ... work(count - 1) on at most `bound` threads and waits for all. The first
/// exception stops handing out work and is thrown here.
void in_parallel(std::size_t count,
                 std::size_t bound,
                 const std::function<void(std::size_t)>& work);

}  // namespace patchbot
