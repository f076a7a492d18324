# Stand-ins for eclipse-temurin where no registry can be reached: Debian's OpenJDK 17 on a Debian made by mmdebstrap.
FROM local/debian:12 AS jre
RUN apt-get update -q \
 && apt-get install -y -q --no-install-recommends ca-certificates-java openjdk-17-jre-headless \
 && rm -rf /var/lib/apt/lists/*

FROM jre AS jdk
RUN apt-get update -q \
 && apt-get install -y -q --no-install-recommends curl openjdk-17-jdk-headless unzip \
 && rm -rf /var/lib/apt/lists/*
