// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "prng.hpp"

namespace patchbot::bench {

/// One service of the made-up company; its instances run the same image.
struct Service {
  std::string name;
  std::string team;
  std::string environment;
  std::string account;
  std::string region;
  std::string ami;
  std::uint64_t seed = 0;
  bool windows = false;
  bool compliance = false;
};

struct Instance {
  const Service* service = nullptr;
  std::string id;
  std::string address;
  std::string host_name;
  std::string report_name;    ///< the target as typed: address or host name
  std::uint64_t started = 0;  ///< scan start, seconds since 1970
  std::uint64_t ended = 0;
};

std::vector<Service> make_services(Prng prng, std::size_t count);

/// Instance number `index`; the instances of a service are spread over the whole report.
Instance make_instance(const std::vector<Service>& services, Prng prng, std::size_t index);

}  // namespace patchbot::bench
