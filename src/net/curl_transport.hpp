// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "net/http.hpp"

namespace patchbot {

struct TlsSettings {
  std::string ca_file;    ///< trust these certificates instead of the system's
  bool insecure = false;  ///< trust anybody: the caller has warned
};

/// HTTP by libcurl: certificates checked, no redirects, every call with a deadline, proxies from
/// the environment (HTTPS_PROXY, NO_PROXY). Connections are kept for the next call.
std::unique_ptr<Transport> curl_transport(const TlsSettings& tls);

}  // namespace patchbot
