// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>

#include "exchange.hpp"
#include "scans.hpp"

namespace patchbot::test::fake {

/// Reports of runs: asked for, written for a while, fetched.
class Exports {
 public:
  Exports(World& world, const Scans& scans) : world_(world), scans_(scans) {}

  bool answer(Exchange& exchange);

 private:
  struct Export {
    long scan = 0;
    long run = 0;
    milliseconds ready{};
    bool is_dead = false;
  };

  void start(Exchange& exchange);
  void answer_export(Exchange& exchange, const std::string& name, bool is_status);
  void send(const Export& wanted, Exchange& exchange);

  World& world_;
  const Scans& scans_;
  std::map<long, Export> exports_;
};

}  // namespace patchbot::test::fake
