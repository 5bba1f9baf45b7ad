# The front door. Meson and ninja do the work; see README.md.
.POSIX:
.PHONY: run build install test bench fmt clean

# Builds, plays the sample engagement the first time, and serves.
run: build
	@build/waymark run

build: build/packages build/build.ninja
	@tools/build-portal
	@tools/build build waymark waymark-verify

# The programs and their manual pages, below /usr/local (and DESTDIR).
install: build
	@meson install -C build --no-rebuild --quiet

build/packages: packaging/packages-build
	@tools/install-packages packaging/packages-build
	@mkdir -p build && touch build/packages

build/build.ninja: build/packages
	@test -f build/build.ninja || meson setup build --buildtype=release -Db_lto=true \
	    >build/setup.log || { cat build/setup.log; exit 1; }

# Every test, on both databases; ends with "N passed, N failed".
test: build
	@tools/install-packages packaging/packages-test
	@tools/install-npm tests/api/lint tests/portal
	@tools/run-tests

# Measures on this machine; figures go to build/bench.json.
bench: build
	@tools/install-packages packaging/packages-test
	@tools/build build bench/ground bench/limit bench/load bench/db_writer bench/bench_pdf bench/bench_simulation bench/bench_change_effect
	@bench/run

fmt:
	@git ls-files '*.c' '*.h' | xargs clang-format -i

clean:
	rm -rf build build-test build-clang portal/dist
