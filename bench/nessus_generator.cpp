// SPDX-License-Identifier: Apache-2.0
// Writes a large, realistic, invented `.nessus` v2 report and the inventory that matches it.

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <stdexcept>
#include <string>
#include <vector>

#include "generator/host.hpp"
#include "generator/inventory.hpp"
#include "generator/options.hpp"
#include "generator/output.hpp"
#include "generator/policy.hpp"

namespace {

using namespace patchbot::bench;

constexpr std::size_t instances_per_service = 6;
constexpr std::size_t buffer_bytes = 1 << 20;

enum Stream : std::uint64_t { policy, plugins, pool, services, hosts, instances };

std::vector<Instance> write_hosts(Output& output,
                                  const Options& options,
                                  const std::vector<Service>& fleet_services) {
  const Catalogue catalogue{
      options.shape,
      make_plugins(Prng(options.seed, plugins), options.shape, options.plugins),
      OutputPool(Prng(options.seed, pool))};
  const std::size_t end = options.megabytes * 1'000'000;
  Prng prng(options.seed, hosts);
  std::vector<Instance> scanned;
  std::string buffer;
  while (output.written() + buffer.size() < end) {
    const Prng identity(prng.next(), instances);
    scanned.push_back(make_instance(fleet_services, identity, scanned.size()));
    add_host(buffer, prng, catalogue, scanned.back());
    if (buffer.size() < buffer_bytes) continue;
    output.write(buffer);
    buffer.clear();
  }
  output.write(buffer);
  return scanned;
}

void generate(const Options& options) {
  const std::size_t expected_hosts = options.megabytes * 1'000'000 / options.shape.host_bytes;
  const auto fleet_services =
      make_services(Prng(options.seed, services),
                    std::max<std::size_t>(2, expected_hosts / instances_per_service));
  Output output(options.output);
  output.write(report_head(Prng(options.seed, policy)));
  const std::vector<Instance> scanned = write_hosts(output, options, fleet_services);
  output.write(report_tail);
  output.flush();
  if (options.inventory.empty()) return;
  Output inventory(options.inventory);
  inventory.write(inventory_json(scanned));
  inventory.flush();
}

}  // namespace

int main(int argc, char** argv) {
  try {
    generate(parse_options(argc, argv));
    return EXIT_SUCCESS;
  } catch (const std::invalid_argument& error) {
    std::fprintf(stderr, "nessus-generator: %s\n", error.what());
    return 2;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "nessus-generator: %s\n", error.what());
    return EXIT_FAILURE;
  }
}
