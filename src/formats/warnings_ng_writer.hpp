// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "formats/finding_json.hpp"
#include "formats/finding_writer.hpp"

namespace patchbot {

/// Weaknesses as Jenkins' Warnings Next Generation plugin reads them with its tool issues(): what
/// is repaired and checks that passed are left out. The plugin goes by the name of the file: one
/// document in *.json, one issue per line in what is called anything else but *.xml.
class WarningsNgWriter final : public FindingWriter {
 public:
  enum class Form : std::uint8_t { document, lines };

  WarningsNgWriter(Form form, Evidence evidence) : form_(form), evidence_(evidence) {}

  void begin(std::string& out) override;
  void add(std::string& out, const Finding& finding) override;
  void end(std::string& out, const std::vector<std::string>& problems) override;
  WriterNotes notes() const override;

 private:
  Form form_;
  Evidence evidence_;
  std::uint64_t size_ = 0;
  std::uint64_t left_out_ = 0;
};

}  // namespace patchbot
