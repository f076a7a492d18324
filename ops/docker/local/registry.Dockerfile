# A stand-in for apicurio/apicurio-registry where no registry of images can be reached: the same application from Maven Central.
FROM local/jre:17
ADD apicurio-registry-app-all.tar.gz /opt/registry/
RUN mv /opt/registry/apicurio-registry-app-*-runner.jar /opt/registry/runner.jar
USER 1001
WORKDIR /tmp
EXPOSE 8080
CMD ["java", "-XX:MaxRAMPercentage=50", "-Dquarkus.http.host=0.0.0.0", "-jar", "/opt/registry/runner.jar"]
