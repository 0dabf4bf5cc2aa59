// SPDX-License-Identifier: Apache-2.0
#include "services/aws/digest.hpp"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>

#include "base/error.hpp"

namespace patchbot::aws {
namespace {

using Buffer = std::array<unsigned char, EVP_MAX_MD_SIZE>;

std::string bytes_of(const Buffer& buffer, std::size_t size) {
  return {buffer.begin(), buffer.begin() + static_cast<Buffer::difference_type>(size)};
}

// It fails only where the system's OpenSSL has been told to do without the algorithm.
[[noreturn]] void refuse(const char* algorithm) {
  throw Error(Blame::usage, std::string("this system's OpenSSL offers no ") + algorithm);
}

std::string digest(std::string_view text, const EVP_MD* algorithm, const char* name) {
  Buffer buffer{};
  unsigned int size = 0;
  if (EVP_Digest(text.data(), text.size(), buffer.data(), &size, algorithm, nullptr) != 1) {
    refuse(name);
  }
  return to_hex(bytes_of(buffer, size));
}

}  // namespace

std::string sha256_hex(std::string_view text) { return digest(text, EVP_sha256(), "SHA-256"); }

std::string sha1_hex(std::string_view text) { return digest(text, EVP_sha1(), "SHA-1"); }

std::string hmac_sha256(std::string_view key, std::string_view text) {
  Buffer buffer{};
  std::size_t size = 0;
  if (EVP_Q_mac(nullptr,
                "HMAC",
                nullptr,
                "SHA256",
                nullptr,
                key.data(),
                key.size(),
                reinterpret_cast<const unsigned char*>(text.data()),
                text.size(),
                buffer.data(),
                buffer.size(),
                &size) == nullptr) {
    refuse("HMAC");
  }
  return bytes_of(buffer, size);
}

std::string to_hex(std::string_view bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    text += digits[byte >> 4U];
    text += digits[byte & 15U];
  }
  return text;
}

}  // namespace patchbot::aws
