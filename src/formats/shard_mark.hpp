// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "model/shard.hpp"

namespace patchbot {

/// A line of XML that a report carries behind its root element, where every reader passes over it:
/// the file alone then says which shard it is.
std::string to_shard_mark(const Shard& shard);

/// The mark in the last bytes of a report; none if there is none, or it makes no sense.
std::optional<Shard> find_shard_mark(std::string_view end);

/// So many last bytes hold a mark.
constexpr std::size_t shard_mark_bytes = 512;

}  // namespace patchbot
