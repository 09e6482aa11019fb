@echo off
setlocal
if defined JAVA_HOME (set "JAVA=%JAVA_HOME%\bin\java") else (set "JAVA=java")
"%JAVA%" -jar "%~dp0mpotr-keytool-plugin.jar" %*
