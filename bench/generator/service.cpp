// SPDX-License-Identifier: Apache-2.0
#include "service.hpp"

#include "text.hpp"
#include "words.hpp"

namespace patchbot::bench {
namespace {

constexpr std::uint64_t scan_start = 1'794'027'600;  // 2026-11-07

std::string service_name(std::size_t index) {
  const std::size_t noun = index % words::nouns.size();
  const std::size_t role = index / words::nouns.size() % words::roles.size();
  const std::size_t copy = index / words::nouns.size() / words::roles.size();
  const std::string name = join({words::nouns[noun], "-", words::roles[role]});
  return copy == 0 ? name : join({name, "-", number(copy + 1)});
}

/// Services come in pairs: production, then staging.
Service make_service(Prng& prng, std::size_t index) {
  const std::size_t pair = index / 2;
  Service service;
  service.name = service_name(pair);
  service.team = words::teams[pair % words::nouns.size() % words::teams.size()];
  service.environment = index % 2 == 0 ? "production" : "staging";
  service.account = index % 2 == 0 ? "111122223333" : "444455556666";
  service.region = words::regions[pair % words::regions.size()];
  service.ami = join({"ami-0", hex(prng, 16)});
  service.seed = prng.next();
  service.windows = pair % 7 == 3;
  service.compliance = pair % 8 == 5;
  return service;
}

}  // namespace

std::vector<Service> make_services(Prng prng, std::size_t count) {
  std::vector<Service> services;
  while (services.size() < count) services.push_back(make_service(prng, services.size()));
  return services;
}

Instance make_instance(const std::vector<Service>& services, Prng prng, std::size_t index) {
  Instance instance;
  instance.service = &services[index % services.size()];
  instance.id = join({"i-0", hex(prng, 16)});
  instance.address = join({"10.",
                           number(index / 64'000 + 16),
                           ".",
                           number(index / 250 % 256),
                           ".",
                           number(index % 250 + 4)});
  instance.host_name = join({"ip-",
                             number(index),
                             ".",
                             instance.service->name,
                             ".",
                             instance.service->environment,
                             ".acme.example"});
  instance.report_name = prng.chance(80) ? instance.address : instance.host_name;
  instance.started = scan_start + index * 7;
  instance.ended = instance.started + prng.between(120, 1800);
  return instance;
}

}  // namespace patchbot::bench
