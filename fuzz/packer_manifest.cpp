// SPDX-License-Identifier: Apache-2.0
#include "formats/packer_manifest.hpp"

#include "bodies.hpp"
#include "model/aws_names.hpp"
#include "support/property.hpp"

namespace patchbot::fuzz {

int fuzz_packer_manifest(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = text_of(data, size);
  parses([&] {
    try {
      const Bake bake = parse_packer_manifest(text);
      require(bake.state != Bake::State::running, "what is written down is over");
      require(bake.reason.empty() == (bake.state == Bake::State::succeeded), "a failure has a why");
      require(bake.amis.empty() || bake.state == Bake::State::succeeded, "a failure made no AMI");
      require_clean(bake.name, "the id of a run");
      for (const auto& [region, id] : bake.amis) {
        require(is_region(region) && is_ami_id(id), "an AMI is one");
      }
      const Bake other = parse_packer_manifest(text, "web");
      require(other.amis.size() <= bake.amis.size(), "one build makes no more than all");
    } catch (const Error& error) {
      require(error.position().has_value(), "an error has a place");
      throw;
    }
  });
  return 0;
}

}  // namespace patchbot::fuzz
