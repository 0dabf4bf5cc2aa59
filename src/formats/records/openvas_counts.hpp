// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "formats/records/node.hpp"
#include "model/scan.hpp"

namespace patchbot {

/// How many results an OpenVAS report should hold, and what its filter leaves out.
class OpenvasCounts {
 public:
  void take_result() { ++delivered_; }
  void take_counts(const Node& count);  ///< <result_count>9<full>9</full><filtered>3</filtered>...
  void take_filter(const Node& term);   ///< "levels=hml min_qod=70 rows=-1"
  void tell(ScanFacts& facts) const;

 private:
  bool is_usual_filter() const;

  std::uint64_t delivered_ = 0;
  std::uint64_t filtered_ = 0;
  std::uint64_t hidden_ = 0;
  std::string filter_;
};

}  // namespace patchbot
