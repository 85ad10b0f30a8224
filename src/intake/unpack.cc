// Packed bytes are read as a stream, because a crawl of many gigabytes is one file; a text that is packed into nothing
// and unfolds without end stops where its reader stops asking.
//
// gzip files are often several members one behind the other (every record of a WARC, every rotated log); a reader that
// stops at the first end loses most of such a file without a word. Zeros behind the last member are padding, anything
// else there is damage. A stream that ends inside a member gives all that was unfolded until then. A reader of records
// need not lose the members behind a damaged one: they are found by the three bytes with which a member begins. These
// may stand in packed bytes by chance, or because something packed was packed again; such a false start ends in damage
// again, and the search goes on behind it.
#include "intake/unpack.h"

#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>

namespace depesche::intake {
namespace {

constexpr std::size_t piece_bytes = 128u << 10;

class MemoryStream : public ByteStream {
 public:
  explicit MemoryStream(std::string_view bytes) : left_(bytes) {}

  Result<std::size_t> read(std::span<char> to) override {
    const auto size = std::min(to.size(), left_.size());
    std::copy_n(left_.data(), size, to.data());
    left_.remove_prefix(size);
    return size;
  }

 private:
  std::string_view left_;
};

class FileStream : public ByteStream {
 public:
  FileStream(std::FILE* file, std::string name, bool is_ours)
      : file_(file), name_(std::move(name)), is_ours_(is_ours) {}
  FileStream(const FileStream&) = delete;
  FileStream& operator=(const FileStream&) = delete;
  ~FileStream() override {
    if (is_ours_) std::fclose(file_);
  }

  Result<std::size_t> read(std::span<char> to) override {
    const auto size = std::fread(to.data(), 1, to.size(), file_);
    if (size < to.size() && std::ferror(file_)) return fail(Fault::io, std::strerror(errno), name_);
    return size;
  }

 private:
  std::FILE* file_;
  std::string name_;
  bool is_ours_;
};

bool starts_with(std::string_view bytes, std::string_view magic) { return bytes.substr(0, magic.size()) == magic; }

constexpr std::string_view gzip_magic = "\x1f\x8b\x08";

bool is_gzip(std::string_view bytes) { return starts_with(bytes, gzip_magic); }

bool is_zstd(std::string_view bytes) {
  using namespace std::string_view_literals;
  const bool is_skippable = bytes.size() >= 4 && (bytes[0] & 0xF0) == 0x50 && bytes.substr(1, 3) == "\x2a\x4d\x18"sv;
  return starts_with(bytes, "\x28\xb5\x2f\xfd"sv) || is_skippable;
}

}  // namespace

std::unique_ptr<ByteStream> memory_stream(std::string_view bytes) { return std::make_unique<MemoryStream>(bytes); }

std::unique_ptr<ByteStream> standard_input() { return std::make_unique<FileStream>(stdin, "-", false); }

Result<std::unique_ptr<ByteStream>> file_stream(const std::filesystem::path& file) {
  std::FILE* opened = std::fopen(file.c_str(), "rb");
  if (!opened) {
    return fail(errno == ENOENT ? Fault::not_found : Fault::io, std::string("cannot be read: ") + std::strerror(errno));
  }
  return std::make_unique<FileStream>(opened, file.string(), true);
}

class Unpacker::Codec {
 public:
  struct Step {
    std::size_t taken = 0;
    std::size_t given = 0;
    bool at_boundary = false;    ///< nothing is open: the packed bytes may end here
    std::string error;           ///< nothing more can be read
    bool begins_member = false;  ///< the bytes given in begin with another one, behind `padding` of them
    std::size_t padding = 0;
  };
  virtual ~Codec() = default;
  virtual Step step(std::string_view in, std::span<char> out) = 0;
};

namespace {

class Gzip : public Unpacker::Codec {
 public:
  Gzip() { inflateInit2(&stream_, 15 + 16); }
  Gzip(const Gzip&) = delete;
  Gzip& operator=(const Gzip&) = delete;
  ~Gzip() override { inflateEnd(&stream_); }

  Step step(std::string_view in, std::span<char> out) override {
    Step step;
    if (between_members_) {
      const auto padding = std::min(in.find_first_not_of('\0'), in.size());
      step.taken = step.padding = padding;
      step.at_boundary = true;
      in.remove_prefix(padding);
      if (in.empty()) return step;
      step.begins_member = true;
      if (in[0] != '\x1f') {
        step.error = "other bytes stand behind the gzip stream";
        return step;
      }
      inflateReset(&stream_);
      between_members_ = false;
    }
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(in.data()));
    stream_.avail_in = static_cast<uInt>(in.size());
    stream_.next_out = reinterpret_cast<Bytef*>(out.data());
    stream_.avail_out = static_cast<uInt>(out.size());
    const int status = inflate(&stream_, Z_NO_FLUSH);
    step.taken += in.size() - stream_.avail_in;
    step.given = out.size() - stream_.avail_out;
    between_members_ = step.at_boundary = status == Z_STREAM_END;
    if (status != Z_OK && status != Z_STREAM_END && status != Z_BUF_ERROR) {
      step.error = std::string("the gzip stream is damaged: ") + (stream_.msg ? stream_.msg : "unreadable");
    }
    return step;
  }

 private:
  z_stream stream_{};
  bool between_members_ = false;
};

/// RFC 9110 means the zlib format by "deflate"; many servers send the bare stream. The two bytes of zlib's header tell.
class Deflate : public Unpacker::Codec {
 public:
  explicit Deflate(std::string_view head) {
    const auto byte = [&](std::size_t i) { return i < head.size() ? static_cast<unsigned char>(head[i]) : 0u; };
    const bool is_zlib = (byte(0) & 0x0F) == Z_DEFLATED && (byte(0) * 256 + byte(1)) % 31 == 0;
    inflateInit2(&stream_, is_zlib ? 15 : -15);
  }
  Deflate(const Deflate&) = delete;
  Deflate& operator=(const Deflate&) = delete;
  ~Deflate() override { inflateEnd(&stream_); }

  Step step(std::string_view in, std::span<char> out) override {
    if (ended_) return {.taken = in.size(), .given = 0, .at_boundary = true, .error = {}};
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(in.data()));
    stream_.avail_in = static_cast<uInt>(in.size());
    stream_.next_out = reinterpret_cast<Bytef*>(out.data());
    stream_.avail_out = static_cast<uInt>(out.size());
    const int status = inflate(&stream_, Z_NO_FLUSH);
    Step step{.taken = in.size() - stream_.avail_in, .given = out.size() - stream_.avail_out, .error = {}};
    ended_ = step.at_boundary = status == Z_STREAM_END;
    if (status != Z_OK && status != Z_STREAM_END && status != Z_BUF_ERROR) {
      step.error = std::string("the deflate stream is damaged: ") + (stream_.msg ? stream_.msg : "unreadable");
    }
    return step;
  }

 private:
  z_stream stream_{};
  bool ended_ = false;
};

class Zstd : public Unpacker::Codec {
 public:
  Step step(std::string_view in, std::span<char> out) override {
    ZSTD_inBuffer from{in.data(), in.size(), 0};
    ZSTD_outBuffer to{out.data(), out.size(), 0};
    const auto status = ZSTD_decompressStream(context_.get(), &to, &from);
    if (from.pos > 0 || to.pos > 0) is_open_ = status != 0;  // asked for nothing, it would begin a frame
    Step step{.taken = from.pos, .given = to.pos, .at_boundary = !is_open_, .error = {}};
    if (ZSTD_isError(status)) step.error = std::string("the zstd stream is damaged: ") + ZSTD_getErrorName(status);
    return step;
  }

 private:
  struct Free {
    void operator()(ZSTD_DCtx* context) const { ZSTD_freeDCtx(context); }
  };
  std::unique_ptr<ZSTD_DCtx, Free> context_{ZSTD_createDCtx()};
  bool is_open_ = true;
};

}  // namespace

Unpacker::Unpacker(ByteStream& packed, Packing packing) : packed_(packed), packing_(packing) {}
Unpacker::~Unpacker() = default;

Result<void> Unpacker::refill() {
  buffer_.erase(0, at_);
  member_at_ -= std::min(member_at_, at_);
  at_ = 0;
  const auto kept = buffer_.size();
  buffer_.resize(kept + piece_bytes);
  const auto got = packed_.read(std::span(buffer_).subspan(kept));
  buffer_.resize(kept + (got.has_value() ? *got : 0));
  if (!got.has_value()) return tl::make_unexpected(got.error());
  packed_ended_ = *got < piece_bytes;
  return {};
}

void Unpacker::open_codec() {
  if (packing_ == Packing::deflate) {
    codec_ = std::make_unique<Deflate>(buffer_);
  } else if (is_gzip(buffer_)) {
    codec_ = std::make_unique<Gzip>();
  } else if (is_zstd(buffer_)) {
    codec_ = std::make_unique<Zstd>();
  }
}

Result<bool> Unpacker::resume() {
  if (damage_.empty() || dynamic_cast<Gzip*>(codec_.get()) == nullptr) return false;
  // The damage may have been noticed only inside of the next member, so the search begins where the damaged one began.
  at_ = std::min(member_at_ + 1, buffer_.size());
  while (true) {
    const auto found = buffer_.find(gzip_magic, at_);
    if (found != std::string::npos) {
      at_ = found;
      break;
    }
    at_ = std::max(at_, buffer_.size() - std::min(buffer_.size(), gzip_magic.size() - 1));
    if (packed_ended_) return false;
    TRY(refill());
  }
  member_at_ = at_;
  codec_ = std::make_unique<Gzip>();
  damage_.clear();
  ended_ = false;
  return true;
}

Result<std::size_t> Unpacker::read(std::span<char> to) {
  if (!is_known_) {
    is_known_ = true;
    TRY(refill());
    open_codec();
  }
  std::size_t filled = 0;
  while (filled < to.size() && !ended_) filled += TRY(read_some(to.subspan(filled)));
  return filled;
}

Result<std::size_t> Unpacker::read_some(std::span<char> to) {
  if (at_ == buffer_.size() && !packed_ended_) TRY(refill());
  const auto in = std::string_view(buffer_).substr(at_);
  if (!codec_) {
    const auto size = std::min(in.size(), to.size());
    std::copy_n(in.data(), size, to.data());
    at_ += size;
    ended_ = packed_ended_ && at_ == buffer_.size();
    return size;
  }
  const auto step = codec_->step(in, to);
  if (step.begins_member) member_at_ = at_ + step.padding;
  at_ += step.taken;
  const bool is_dry = packed_ended_ && at_ == buffer_.size() && step.given < to.size();
  if (!step.error.empty()) {
    damage_ = step.error;
    ended_ = true;
  } else if (is_dry) {
    if (!step.at_boundary) damage_ = "source truncated";
    ended_ = true;
  }
  return step.given;
}

Result<Rest> read_rest(ByteStream& stream, std::size_t bytes_max) {
  Rest rest;
  while (true) {
    const auto before = rest.bytes.size();
    const auto wanted = std::min(std::max(piece_bytes, before), bytes_max + 1 - before);
    rest.bytes.resize(before + wanted);
    const auto got = TRY(stream.read(std::span(rest.bytes).subspan(before)));
    rest.bytes.resize(before + got);
    rest.is_cut = rest.bytes.size() > bytes_max;
    if (got < wanted || rest.is_cut) break;
  }
  if (rest.is_cut) rest.bytes.resize(bytes_max);
  return rest;
}

}  // namespace depesche::intake
