// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <istream>
#include <memory>
#include <string>
#include <vector>

#include "run.hpp"

namespace patchbot::test::fake {

/// The bytes of a report, which may be many.
struct Report {
  std::shared_ptr<std::istream> bytes;
  std::size_t size = 0;
};

/// What a run has found until now: its file once it is completed, else a small report of its own.
Report report_of(const World& world, const Run& run, const std::string& name);

/// The hosts of a report in a file, and how many findings each has. Throws std::runtime_error.
std::vector<FoundHost> hosts_in(const std::string& file);

}  // namespace patchbot::test::fake
