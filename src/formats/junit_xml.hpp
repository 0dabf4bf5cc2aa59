// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdio>
#include <memory>
#include <string>

#include "model/test_report.hpp"

namespace patchbot {

/// Writes one JUnit test suite as Jenkins' junit plugin reads it. Texts must be clean (clean_text).
/// `file` stays open; it must outlive the writer.
class JunitWriter {
 public:
  JunitWriter(std::FILE* file, const std::string& suite, const TestCounts& counts);
  JunitWriter(const JunitWriter&) = delete;
  JunitWriter& operator=(const JunitWriter&) = delete;
  ~JunitWriter();

  void add(const TestCase& test);
  void finish();

 private:
  struct Printer;
  std::unique_ptr<Printer> printer_;
};

}  // namespace patchbot
