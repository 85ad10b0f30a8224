#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "core/result.h"

namespace depesche::intake {

/// Bytes that arrive piece by piece: from a file, from standard input, out of memory, or unpacked out of other bytes.
class ByteStream {
 public:
  virtual ~ByteStream() = default;

  /// Fills `to` from its front and says how far; less than its size only at the end.
  virtual Result<std::size_t> read(std::span<char> to) = 0;
};

std::unique_ptr<ByteStream> memory_stream(std::string_view bytes);
std::unique_ptr<ByteStream> standard_input();
Result<std::unique_ptr<ByteStream>> file_stream(const std::filesystem::path& file);

/// How bytes are packed: as their first bytes tell, or in the way of HTTP's `deflate`, which has no such sign.
enum class Packing : unsigned char { by_first_bytes, deflate };

/// Sees through gzip (of any number of members) and zstd (of any number of frames), known by their first bytes; other
/// bytes pass unchanged. Packed bytes that end early or are damaged give what could be read, and `damage` says why it
/// is not all.
class Unpacker : public ByteStream {
 public:
  explicit Unpacker(ByteStream& packed, Packing packing = Packing::by_first_bytes);
  ~Unpacker() override;

  Result<std::size_t> read(std::span<char> to) override;
  const std::string& damage() const { return damage_; }

  /// Where the stream ended by damage: goes on at the next gzip member that stands behind the damaged one's beginning,
  /// and `damage` is told and empty again. False where there is none.
  Result<bool> resume();

  /// One kind of packing. For the folder's own use.
  class Codec;

 private:
  Result<std::size_t> read_some(std::span<char> to);
  Result<void> refill();
  void open_codec();

  ByteStream& packed_;
  Packing packing_;
  std::unique_ptr<Codec> codec_;
  std::string buffer_;
  std::size_t at_ = 0;         ///< in buffer_
  std::size_t member_at_ = 0;  ///< begin of the gzip member being read, in buffer_; 0 where it was left behind
  bool is_known_ = false;
  bool packed_ended_ = false;
  bool ended_ = false;
  std::string damage_;
};

/// All that is left in a stream, but not more than `bytes_max`. `is_cut` where there was more.
struct Rest {
  std::string bytes;
  bool is_cut = false;
};
Result<Rest> read_rest(ByteStream& stream, std::size_t bytes_max);

}  // namespace depesche::intake
